package io.duckpond.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.WorkingDirectory;
import io.duckpond.node.Attributes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Random;

/** Random changes of a small tree with few names, so that the same places are met again. */
final class RandomScript {
  private static final List<String> NAMES = List.of("a", "b", "c", "é f");

  private final Random random;

  RandomScript(Random random) {
    this.random = random;
  }

  /** Makes one to three changes; what makes no sense in this tree is not done. */
  boolean change(WorkingDirectory root) throws IOException {
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      String path = path();
      try {
        switch (random.nextInt(10)) {
          case 0, 1 -> root.createDirectory(path);
          case 2, 3, 4 -> root.write(path, bytes());
          case 5 -> root.removeRecursively(path);
          case 6 -> root.setAttributes(path, new Attributes(0600, random.nextInt(1000)));
          case 7 -> root.renameReplacing(path, path());
          case 8 -> root.createSymlink(path, "to/" + random.nextInt(3));
          default -> root.rename(path, path());
        }
      } catch (FileSystemException refused) {
        continue;
      }
    }
    return true;
  }

  /** A few of many bytes, so that equal contents come again; some too large for the log. */
  private ByteArrayInputStream bytes() {
    String text = "content " + random.nextInt(20);
    return new ByteArrayInputStream(text.repeat(random.nextInt(8) == 0 ? 8000 : 1).getBytes(UTF_8));
  }

  /** Returns an absolute path of one to four names. */
  String path() {
    StringBuilder path = new StringBuilder();
    for (int depth = 1 + random.nextInt(4); depth > 0; depth--) {
      path.append('/').append(NAMES.get(random.nextInt(NAMES.size())));
    }
    return path.toString();
  }
}
