package io.duckpond.journal.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Paths that hold given bytes exactly. {@code Path.of} drops doubled and trailing slashes, which a
 * link target may have; a path made from a URI keeps them, and does not depend on the locale.
 */
final class RawPaths {
  private RawPaths() {}

  /** Returns the path that is {@code text} in UTF-8, byte for byte. */
  static Path of(String text) {
    if (text.isEmpty()) {
      throw new InvalidPathException(text, "a link target is never empty");
    }
    boolean absolute = text.startsWith("/");
    StringBuilder uri = new StringBuilder("file://");
    if (!absolute) {
      uri.append('/');
    }
    for (byte b : text.getBytes(UTF_8)) {
      if (isPlain(b)) {
        uri.append((char) b);
      } else if (b == 0) {
        throw new InvalidPathException(text, "NUL in a link target");
      } else {
        uri.append('%');
        uri.append(Character.forDigit((b >> 4) & 0xF, 16));
        uri.append(Character.forDigit(b & 0xF, 16));
      }
    }
    if (text.endsWith("/") && text.length() > 1) {
      uri.append('/'); // the JDK takes one slash off the end
    }
    Path path = Path.of(URI.create(uri.toString()));
    return absolute ? path : path.subpath(0, path.getNameCount());
  }

  private static boolean isPlain(byte b) {
    return b == '/' || (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }

  /** Returns whether {@code text} leads back to the bytes of {@code raw}. */
  static boolean isFaithful(Path raw, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7E) {
        return of(text).equals(raw);
      }
    }
    return true;
  }
}
