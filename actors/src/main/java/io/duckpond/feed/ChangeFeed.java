package io.duckpond.feed;

import io.duckpond.Pond;
import io.duckpond.async.Calls;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/**
 * The pond's transactions in the order of their numbers, without gaps, those of other processes
 * included. Each consumer reads the log for itself, as far as it asks: one that falls behind costs
 * no memory and misses nothing, and one that starts again with the number after the last that it
 * has dealt with gets each transaction once. Some transactions at a time are in memory, and where
 * the directories stand; to know that, a feed that starts later than 1 first reads the tree. Any
 * thread.
 *
 * <p>{@code from} is the first transaction wanted. A live feed does not end; it fails when the pond
 * is closed, and hears of another process's commit within a fifth of a second.
 */
public final class ChangeFeed {
  private final Pond pond;
  private final Calls calls;
  private final Commits commits;

  /** The feed of {@code pond}, which has {@code commits} wake those who wait. */
  public ChangeFeed(Pond pond, Calls calls, Commits commits) {
    this.pond = pond;
    this.calls = calls;
    this.commits = commits;
  }

  /** Returns the transactions that are there from a number on, then those to come. */
  public Source<CommittedTransaction, NotUsed> live(long from) {
    return source(from, FeedReading.AtEnd.WAIT);
  }

  /** Returns the transactions that are there from a number on, and ends. */
  public Source<CommittedTransaction, NotUsed> current(long from) {
    return source(from, FeedReading.AtEnd.STOP);
  }

  /** As {@link #live}. */
  public Flow.Publisher<CommittedTransaction> livePublisher(long from) {
    return publisher(from, FeedReading.AtEnd.WAIT);
  }

  /** As {@link #current}. */
  public Flow.Publisher<CommittedTransaction> currentPublisher(long from) {
    return publisher(from, FeedReading.AtEnd.STOP);
  }

  private Flow.Publisher<CommittedTransaction> publisher(long from, FeedReading.AtEnd atEnd) {
    requireNumber(from);
    return new FeedPublisher(() -> reading(from, atEnd));
  }

  private Source<CommittedTransaction, NotUsed> source(long from, FeedReading.AtEnd atEnd) {
    requireNumber(from);
    return Source.unfoldResourceAsync(
            () -> CompletableFuture.completedFuture(reading(from, atEnd)),
            FeedReading::next,
            reading -> {
              reading.close();
              return CompletableFuture.completedFuture(Done.getInstance());
            })
        .mapConcat(batch -> batch);
  }

  private static void requireNumber(long from) {
    if (from < 1) {
      throw new IllegalArgumentException("transactions are numbered from 1: " + from);
    }
  }

  private FeedReading reading(long from, FeedReading.AtEnd atEnd) {
    return new FeedReading(pond, calls, commits, from, atEnd);
  }
}
