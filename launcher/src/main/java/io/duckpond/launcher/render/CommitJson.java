package io.duckpond.launcher.render;

import io.duckpond.CommitResult;
import java.util.Optional;
import java.util.OptionalLong;

/** What a writing verb did, as JSON. */
public final class CommitJson {
  private CommitJson() {}

  /**
   * Returns what became of a verb's changes: {@code state} is {@code committed}, {@code unchanged}
   * if there was nothing to commit, or {@code pending} in the shell; the numbers are those of the
   * transaction, or null.
   */
  public static JsonObject of(Optional<CommitResult> result) {
    Optional<CommitResult> committed = result.filter(done -> done.operations() > 0);
    String state =
        committed.isPresent() ? "committed" : result.isPresent() ? "unchanged" : "pending";
    return new JsonObject()
        .put("state", state)
        .putNumber("txn_seq", number(committed.map(CommitResult::txnSeq)))
        .putText(
            "timestamp",
            committed.map(done -> String.valueOf(Times.ofMicros(done.timestampMicros()))))
        .putNumber("operations", number(committed.map(CommitResult::operations)))
        .putNumber("entries", number(committed.map(CommitResult::entries)))
        .putNumber("bytes", number(committed.map(CommitResult::bytes)))
        .putNumber("took_ms", number(committed.map(done -> done.took().toMillis())));
  }

  private static OptionalLong number(Optional<Long> value) {
    return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
  }
}
