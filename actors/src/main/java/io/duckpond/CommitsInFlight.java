package io.duckpond;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The commits of one pond that have no answer yet. Any thread. */
final class CommitsInFlight {
  private final Set<CompletableFuture<?>> commits = ConcurrentHashMap.newKeySet();

  /** Keeps a commit until it is answered; returns it. */
  <T> CompletableFuture<T> add(CompletableFuture<T> commit) {
    commits.add(commit);
    CompletionStage<T> unused = commit.whenComplete((result, failure) -> commits.remove(commit));
    return commit;
  }

  /** Completes once all that are in flight now are answered, one way or the other. */
  CompletableFuture<Boolean> answered() {
    return CompletableFuture.allOf(commits.toArray(new CompletableFuture<?>[0]))
        .handle((done, failure) -> failure == null);
  }
}
