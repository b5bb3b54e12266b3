package io.duckpond.host;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.ForwardingDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A disk on which a name is found whatever its case, as on other systems than this one. */
final class CaseBlindDisk extends ForwardingDisk {
  private final Disk real;

  CaseBlindDisk(Disk real) {
    super(real);
    this.real = real;
  }

  @Override
  public Optional<DiskEntry> stat(Path path) throws IOException {
    Optional<DiskEntry> exact = real.stat(path);
    Path parent = path.getParent();
    if (exact.isPresent() || parent == null || real.stat(parent).isEmpty()) {
      return exact;
    }
    String name = path.getFileName().toString();
    return real.list(parent).stream()
        .filter(entry -> entry.name().equalsIgnoreCase(name))
        .findFirst();
  }
}
