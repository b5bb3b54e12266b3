package io.duckpond.launcher.render;

/** Permission bits as text. */
public final class Modes {
  private Modes() {}

  /** Returns e.g. {@code rwxr-xr-x} of 0755. */
  public static String letters(int mode) {
    StringBuilder letters = new StringBuilder("rwxrwxrwx");
    for (int bit = 0; bit < 9; bit++) {
      if ((mode & (0400 >> bit)) == 0) {
        letters.setCharAt(bit, '-');
      }
    }
    return letters.toString();
  }
}
