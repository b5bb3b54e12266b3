package io.duckpond.protocol;

import io.duckpond.CommitInfo;
import io.duckpond.WorkingDirectory;
import io.duckpond.path.Resolution;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;

/**
 * What may be asked of a pond's actor. Commands carry who is to be answered; what they bring and
 * ask for is bounded, so that each message fits a frame of Pekko's remoting (256 KiB).
 */
public final class PondProtocol {
  /** The most bytes of contents in one message. */
  public static final int MAX_BYTES = 128 * 1024;

  /** The most nodes in one answer; of long paths it holds fewer. */
  public static final int MAX_NODES = 300;

  private PondProtocol() {}

  /** One thing to be done. */
  public sealed interface Command extends PondMessage {}

  /** One that changes nothing. */
  public sealed interface Question<T extends Payload> extends Command {

    /** Returns the transaction whose state is asked; without one it is the newest state. */
    OptionalLong asOf();

    /** Returns who gets the answer. */
    ActorRef<Answer<T>> replyTo();

    /** Returns what it asks for, or refuses as the {@link WorkingDirectory} does. */
    T answer(WorkingDirectory root) throws IOException;
  }

  /** What is done with a link at the end of a path. */
  public enum Links {
    FOLLOW,
    KEEP
  }

  /** Asks what stands at a path. */
  public record Stat(
      String path, Links links, OptionalLong asOf, ActorRef<Answer<Payload.Node>> replyTo)
      implements Question<Payload.Node> {
    @Override
    public Payload.Node answer(WorkingDirectory root) throws IOException {
      return node(root, path, links);
    }
  }

  /**
   * Asks for entries of a directory.
   *
   * @param after the name after which to begin; without one with the first
   * @param limit how many at most, from 1 to {@link #MAX_NODES}
   */
  public record ListDirectory(
      String path,
      Optional<String> after,
      int limit,
      OptionalLong asOf,
      ActorRef<Answer<Payload.Listing>> replyTo)
      implements Question<Payload.Listing> {
    public ListDirectory {
      demandBetween(1, limit, MAX_NODES);
    }

    @Override
    public Payload.Listing answer(WorkingDirectory root) throws IOException {
      return Excerpts.list(root, path, after, limit);
    }
  }

  /**
   * Asks for bytes of a file; what lies beyond its end is left out.
   *
   * @param length how many, at most {@link #MAX_BYTES}
   */
  public record Read(
      String path,
      long from,
      int length,
      OptionalLong asOf,
      ActorRef<Answer<Payload.Content>> replyTo)
      implements Question<Payload.Content> {
    public Read {
      demandBetween(0, length, MAX_BYTES);
      demandBetween(0, from, Long.MAX_VALUE - MAX_BYTES);
    }

    @Override
    public Payload.Content answer(WorkingDirectory root) throws IOException {
      Payload.Node node = node(root, path, Links.FOLLOW);
      try (InputStream in = root.readRange(path, from, from + length)) {
        return new Payload.Content(node, from, ByteString.fromArrayUnsafe(in.readNBytes(length)));
      }
    }
  }

  /**
   * Asks what a pattern finds.
   *
   * @param limit how many at most, from 1 to {@link #MAX_NODES}
   */
  public record Glob(
      String pattern, int limit, OptionalLong asOf, ActorRef<Answer<Payload.Matches>> replyTo)
      implements Question<Payload.Matches> {
    public Glob {
      demandBetween(1, limit, MAX_NODES);
    }

    @Override
    public Payload.Matches answer(WorkingDirectory root) throws IOException {
      return Excerpts.glob(root, pattern, limit);
    }
  }

  /**
   * Asks for changes, as one transaction, durable when it is answered: all of them or none.
   *
   * @param changes that bring at most {@link #MAX_BYTES} of contents
   * @param attempts how often they are made at most, on a new state each, if another transaction
   *     conflicts; 1 at least
   * @param message what the log is to say of it
   * @param user who wants it
   */
  public record Transact(
      List<Change> changes,
      int attempts,
      String message,
      String user,
      ActorRef<Answer<Payload.Committed>> replyTo)
      implements Command {
    public Transact {
      changes = List.copyOf(changes);
      demandBetween(1, attempts, Integer.MAX_VALUE);
      demandBetween(
          0, changes.stream().mapToLong(change -> change.content().size()).sum(), MAX_BYTES);
    }

    /** Makes the changes. */
    void applyTo(WorkingDirectory root) throws IOException {
      for (Change change : changes) {
        change.applyTo(root);
      }
    }

    CommitInfo info() {
      return new CommitInfo("", message, user);
    }
  }

  private static Payload.Node node(WorkingDirectory root, String path, Links links)
      throws IOException {
    Resolution there = links == Links.FOLLOW ? root.lookup(path) : root.lookupNoFollow(path);
    if (there instanceof Resolution.Found found) {
      return Payload.Node.of(found.path(), found.entry());
    }
    return Payload.Node.of(
        path, links == Links.FOLLOW ? root.metadata(path) : root.metadataNoFollow(path));
  }

  private static void demandBetween(long least, long given, long most) {
    if (given < least || given > most) {
      throw new IllegalArgumentException(given + " is not from " + least + " to " + most);
    }
  }
}
