package io.duckpond.journal.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paths that hold given bytes exactly, whatever the locale. {@code Path.of} drops doubled and
 * trailing slashes, which a link target may have; a path made from a URI keeps one at its end, and
 * resolving against such a path keeps two.
 */
final class RawPaths {
  private static final Pattern STEP = Pattern.compile("([^/]+)(/*)");

  private RawPaths() {}

  /**
   * Returns the path that is {@code target} in UTF-8, byte for byte, for a link at {@code link}.
   */
  static Path ofTarget(Path link, String target) throws FileSystemException {
    if (target.isEmpty() || target.indexOf('\0') >= 0) {
      throw new FileSystemException(link.toString(), target, "not a link target");
    }
    if (target.equals("/")) {
      return Path.of("/");
    }
    Path path = Path.of(target.startsWith("/") ? "/" : "");
    Matcher step = STEP.matcher(target);
    while (step.find()) {
      boolean last = step.end() == target.length();
      boolean slashAfter = step.group(2).length() == (last ? 1 : 2);
      path = path.resolve(ofName(step.group(1), slashAfter ? "/" : ""));
    }
    if (!path.toString().equals(target) && target.contains("//")) {
      throw new LinkTargetException(link.toString(), target);
    }
    return path;
  }

  private static Path ofName(String name, String after) {
    StringBuilder uri = new StringBuilder("file:///");
    for (byte b : name.getBytes(UTF_8)) {
      uri.append('%');
      uri.append(Character.forDigit((b >> 4) & 0xF, 16));
      uri.append(Character.forDigit(b & 0xF, 16));
    }
    // The JDK takes one slash off the end.
    Path path = Path.of(URI.create(uri + after + after));
    return path.subpath(0, path.getNameCount());
  }

  /** Returns whether the JDK's reading of {@code raw} as text leads back to the same bytes. */
  static boolean isUtf8(Path raw) {
    for (Path name : raw) {
      String text = name.toString();
      if (text.chars().anyMatch(c -> c > 0x7E) && !ofName(text, "").equals(name)) {
        return false;
      }
    }
    return true;
  }
}
