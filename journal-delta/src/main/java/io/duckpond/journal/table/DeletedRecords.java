package io.duckpond.journal.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a merge need not write anew: records all of whose sequence numbers a later deletion covers,
 * and deletions that have nothing left to cover.
 *
 * <p>Records are judged whole. One of which a part is deleted stays, and with it the deletions that
 * hide the part. Memory: about 100 bytes for each deletion that the table holds.
 */
final class DeletedRecords {
  /** None. */
  static final DeletedRecords NONE = new DeletedRecords(Map.of(), Set.of());

  private final Map<String, List<Deletion>> deletions;
  private final Set<Deletion> spent;

  /**
   * Of sequence numbers {@code first} to {@code last} in the transactions before {@code txnSeq}.
   */
  private record Deletion(String partId, long first, long last, long txnSeq) {
    static Deletion of(LogRecord record) {
      return new Deletion(
          record.partId(), record.firstVersion(), record.version(), record.txnSeq());
    }

    boolean coversAllOf(LogRecord event) {
      return first <= event.firstVersion() && event.version() <= last && event.txnSeq() < txnSeq;
    }

    boolean coversSomeOf(LogRecord event) {
      return first <= event.version()
          && event.firstVersion() <= last
          && event.firstTxnSeq() < txnSeq;
    }
  }

  private DeletedRecords(Map<String, List<Deletion>> deletions, Set<Deletion> spent) {
    this.deletions = deletions;
    this.spent = spent;
  }

  /** Finds out for a merge of some files of a version; reads keys only. */
  static DeletedRecords of(TableVersion version, MergePlan plan) throws IOException {
    Map<String, List<Deletion>> deletions = new HashMap<>();
    try (RecordCursor cursor = version.scan(ScanRequest.of(RecordKind.DELETION).withoutContent())) {
      while (cursor.next()) {
        Deletion deletion = Deletion.of(cursor.record());
        deletions.computeIfAbsent(deletion.partId(), id -> new ArrayList<>()).add(deletion);
      }
    }
    if (deletions.isEmpty()) {
      return NONE;
    }
    boolean fromTheFirst = plan.inputs().get(0).equals(version.fileList().iterator().next());
    DeletedRecords deleted = new DeletedRecords(deletions, Set.of());
    return fromTheFirst ? deleted.withSpent(version) : deleted;
  }

  /**
   * Where a merge begins with the table's first file, all that its deletions cover goes through it:
   * those that no record needs which stays can go too.
   */
  private DeletedRecords withSpent(TableVersion version) throws IOException {
    Set<Deletion> unneeded = new HashSet<>();
    deletions.values().forEach(unneeded::addAll);
    ScanRequest events =
        ScanRequest.of(RecordKind.EVENT).partitions(deletions.keySet()).withoutContent();
    try (RecordCursor cursor = version.scan(events)) {
      while (cursor.next()) {
        LogRecord event = cursor.record();
        if (!isDeleted(event)) {
          deletions.getOrDefault(event.partId(), List.of()).stream()
              .filter(deletion -> deletion.coversSomeOf(event))
              .forEach(unneeded::remove);
        }
      }
    }
    return new DeletedRecords(deletions, unneeded);
  }

  /** Returns whether a record of the files to merge is not needed any more. */
  boolean contains(LogRecord record) {
    return switch (record.kind()) {
      case EVENT -> isDeleted(record);
      case DELETION -> spent.contains(Deletion.of(record));
      case ATTACHMENT, TRANSACTION -> false;
    };
  }

  private boolean isDeleted(LogRecord record) {
    for (Deletion deletion : deletions.getOrDefault(record.partId(), List.of())) {
      if (deletion.coversAllOf(record)) {
        return true;
      }
    }
    return false;
  }
}
