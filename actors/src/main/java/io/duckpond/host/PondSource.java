package io.duckpond.host;

import io.duckpond.WorkingDirectory;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/**
 * A pond path that is to be copied out.
 *
 * @param name what it is called at its destination; empty if its contents are meant
 */
record PondSource(String path, Optional<EntryName> name, Entry entry) {

  static PondSource of(WorkingDirectory root, String text) throws IOException {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '/') {
      end--;
    }
    String last = text.substring(text.lastIndexOf('/', end - 1) + 1, end);
    boolean contents = last.isEmpty() || last.equals(".") || last.equals("..");
    boolean demandsDirectory = contents || end < text.length();
    String path = text.isEmpty() ? "." : text;
    Entry entry = demandsDirectory ? root.metadata(path) : root.metadataNoFollow(path);
    if (demandsDirectory && !entry.isDirectory()) {
      throw new NotDirectoryException(text);
    }
    return new PondSource(
        path, contents ? Optional.empty() : Optional.of(new EntryName(last)), entry);
  }
}
