package io.duckpond.host;

import io.duckpond.path.EntryName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A host path that is to be copied, as it was scanned.
 *
 * @param path absolute
 * @param name what it is called at its destination; empty if its contents are meant
 */
record HostSource(Path path, Optional<EntryName> name, HostNode node) {

  /** Scans a source; empty if it was passed over. */
  static Optional<HostSource> of(Path source, HostScan scan) throws IOException {
    Path path = source.toAbsolutePath();
    String last = path.getFileName() == null ? "." : path.getFileName().toString();
    boolean contents = last.equals(".") || last.equals("..");
    Optional<EntryName> name = contents ? Optional.empty() : Optional.of(new EntryName(last));
    return scan.scan(path).map(node -> new HostSource(path, name, node));
  }

  /** Returns the contents of a directory; nothing else has any. */
  List<HostNode.Named> children() {
    return node instanceof HostNode.Directory directory ? directory.children() : List.of();
  }
}
