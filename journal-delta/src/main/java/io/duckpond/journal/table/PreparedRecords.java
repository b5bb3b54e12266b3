package io.duckpond.journal.table;

import java.util.Optional;

/**
 * Records of one transaction in a data file that no commit lists yet, because the transaction has
 * no number: what is large is written on the way to the commit, which then only has to list it. The
 * bytes are durable, the name is not.
 */
public final class PreparedRecords {
  private final KernelTable.Addition draft;

  PreparedRecords(KernelTable.Addition draft) {
    this.draft = draft;
  }

  /** Returns the bytes of the file. */
  public long bytes() {
    return draft.file().size();
  }

  /** Returns the draft's name; a commit lists the file under one of its own. */
  String name() {
    return draft.file().name();
  }

  /** Returns what the log is to say of it. */
  KernelTable.Addition as(String name, DataFile.Assigned transaction, DataFile.Position position) {
    DataFile file = draft.file();
    return new KernelTable.Addition(
        new DataFile(
            name,
            file.size(),
            file.keys(),
            file.partIds(),
            file.sha256(),
            file.tail(),
            Optional.of(transaction),
            position,
            Optional.empty()),
        draft.modifiedMillis(),
        draft.statistics());
  }
}
