package io.duckpond.journal.check;

import io.duckpond.journal.table.DataFile;
import io.duckpond.journal.table.JournalHead;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the files of a log say together.
 *
 * @param sound the newest version that can be rebuilt, by whose entry and all since its checkpoint
 *     new commits may go on; empty if there is none
 * @param soundHeads the table at that version, and at every one before it to which it could be cut
 *     back
 * @param known the newest version whose data files are known; empty if there is none
 * @param files the data files at {@code known}, in commit order
 * @param beyond entries after {@code sound}
 * @param useless entries that are damaged, and that a checkpoint makes unnecessary
 * @param badHint whether the hint at the newest checkpoint is wrong
 * @param badCheckpoints names of checkpoints that cannot be relied on
 * @param mentioned data files that any readable entry or checkpoint has named
 * @param addedBy the version that added a data file, if its entry was read
 * @param entries how many entries were read
 */
record LogState(
    FolderListing listing,
    OptionalLong sound,
    Map<Long, JournalHead> soundHeads,
    OptionalLong known,
    List<DataFile> files,
    List<Beyond> beyond,
    List<Long> useless,
    List<String> badCheckpoints,
    boolean badHint,
    Set<String> mentioned,
    Map<String, Long> addedBy,
    long entries) {

  /** An entry after the newest sound version. */
  record Beyond(long version, Optional<JournalHead> head, List<DataFile> added) {}

  /** Returns the table at the newest sound version. */
  Optional<JournalHead> soundHead() {
    return sound.isPresent()
        ? Optional.ofNullable(soundHeads.get(sound.getAsLong()))
        : Optional.empty();
  }

  /** Returns whether the newest entry is sound, and nothing is missing after it. */
  boolean isSound() {
    if (sound.isEmpty() || !beyond.isEmpty()) {
      return false;
    }
    return listing.checkpoints().isEmpty() || listing.checkpoints().lastKey() <= sound.getAsLong();
  }
}
