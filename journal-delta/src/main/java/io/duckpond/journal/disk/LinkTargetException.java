package io.duckpond.journal.disk;

import java.nio.file.FileSystemException;

/** A symbolic link was not made, because the JDK cannot write that target byte for byte. */
public final class LinkTargetException extends FileSystemException {
  private static final long serialVersionUID = 1;

  /** At {@code link}, of {@code target}. */
  public LinkTargetException(String link, String target) {
    super(link, target, "a link target with that many slashes in a row cannot be made");
  }
}
