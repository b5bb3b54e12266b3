package io.duckpond.host;

import java.nio.file.Path;

/** Host names in messages. */
final class HostText {
  private HostText() {}

  /**
   * Returns {@code path} on one line: control characters, backslashes and what was no UTF-8 are
   * written as escapes.
   */
  static String escaped(Path path) {
    return escaped(path.toString());
  }

  static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\n') {
                out.append("\\n");
              } else if (c == '\t') {
                out.append("\\t");
              } else if (c == '\\') {
                out.append("\\\\");
              } else if (Character.isISOControl(c)) {
                out.append(String.format("\\x%02x", c));
              } else if (c == NOT_UTF8) {
                out.append("\\ufffd");
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  /** What {@code Disk.list} shows in place of bytes that are not UTF-8. */
  static final int NOT_UTF8 = 0xfffd;
}
