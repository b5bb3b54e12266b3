package io.duckpond.journal.check;

import io.duckpond.journal.table.DataFile;
import io.duckpond.journal.table.JournalHead;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the files of a log say together.
 *
 * @param sound the newest version that can be rebuilt, by whose entry and all since its checkpoint
 *     new commits may go on; empty if there is none
 * @param soundHead the table at that version
 * @param known the newest version whose data files are known; empty if there is none
 * @param files the data files at {@code known}, in commit order
 * @param beyond entries after {@code sound}
 * @param useless entries that are damaged, and that a checkpoint makes unnecessary
 * @param badCheckpoints names of checkpoints that cannot be relied on
 * @param mentioned data files that any readable entry or checkpoint has named
 * @param entries how many entries were read
 */
record LogState(
    FolderListing listing,
    OptionalLong sound,
    Optional<JournalHead> soundHead,
    OptionalLong known,
    List<DataFile> files,
    List<Beyond> beyond,
    List<Long> useless,
    List<String> badCheckpoints,
    boolean badHint,
    Set<String> mentioned,
    long entries) {

  /** An entry after the newest sound version. */
  record Beyond(long version, Optional<JournalHead> head, List<DataFile> added) {}

  /** Returns whether the newest entry is sound, and nothing is missing after it. */
  boolean isSound() {
    if (sound.isEmpty() || !beyond.isEmpty()) {
      return false;
    }
    return listing.checkpoints().isEmpty() || listing.checkpoints().lastKey() <= sound.getAsLong();
  }
}
