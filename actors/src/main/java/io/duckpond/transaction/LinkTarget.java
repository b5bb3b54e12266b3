package io.duckpond.transaction;

import io.duckpond.path.PondPath;
import java.nio.charset.StandardCharsets;

/** What may stand in a symbolic link: any text that a host filesystem could hold there too. */
final class LinkTarget {

  private LinkTarget() {}

  /** Returns what is wrong with {@code target}, or an empty string. */
  static String problemOf(String target) {
    if (target.isEmpty()) {
      return "link target without a character";
    }
    if (target.indexOf('\0') >= 0) {
      return "link target with a NUL";
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(target)) {
      return "link target that is not Unicode text";
    }
    int bytes = target.getBytes(StandardCharsets.UTF_8).length;
    return bytes > PondPath.MAX_BYTES
        ? "link target of " + bytes + " bytes, more than " + PondPath.MAX_BYTES
        : "";
  }
}
