package io.duckpond.journal.check;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.Lease;
import io.duckpond.journal.table.LogTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Names in a table's folders that nothing refers to, nor belong to anybody who lives. */
final class Leftovers {
  private Leftovers() {}

  static void report(Disk disk, Path table, LogState state, Findings findings) throws IOException {
    FolderListing listing = state.listing();
    for (String name : listing.logOthers()) {
      String file = FolderListing.LOG + "/" + name;
      if (isTemporary(name)) {
        temporary(file, findings);
      } else if (name.endsWith(".crc")) {
        findings.leftover(
            FindingKind.STALE_CRC,
            file,
            "no checksum file, since this program writes none",
            "one of another program, which is never looked at",
            Findings.LEFT);
      } else if (!name.equals(FolderListing.LAST_CHECKPOINT)) {
        orphan(file, "files of this program's log only", "another name", findings);
      }
    }
    for (String name : listing.dataFiles()) {
      if (isTemporary(name)) {
        if (!isInUse(disk, table, name)) {
          temporary(name, findings);
        }
      } else if (!isMentioned(name, state.mentioned())) {
        orphan(
            name,
            "a log entry that lists it",
            "none; it was merged away, or its writer was interrupted or is still at it",
            findings);
      }
    }
  }

  private static boolean isTemporary(String name) {
    return name.startsWith(".") && name.endsWith(".tmp");
  }

  private static boolean isInUse(Disk disk, Path table, String name) throws IOException {
    Optional<String> lease = LogTable.leaseOf(name);
    return lease.isPresent() && Lease.isHeld(disk, table, lease.get());
  }

  private static boolean isMentioned(String name, Set<String> mentioned) {
    return mentioned.contains(name)
        || mentioned.stream().anyMatch(file -> file.startsWith(name + "/"));
  }

  private static void temporary(String file, Findings findings) {
    findings.leftover(
        FindingKind.TEMPORARY,
        file,
        "no file",
        "one that a writer began, which was interrupted or is still at it",
        Findings.LEFT);
  }

  private static void orphan(String file, String expected, String found, Findings findings) {
    findings.leftover(FindingKind.ORPHAN, file, expected, found, Findings.LEFT);
  }
}
