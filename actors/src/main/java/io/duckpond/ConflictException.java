package io.duckpond;

import java.nio.file.FileSystemException;

/** Another transaction has changed what this one read to change. Nothing was written. */
public final class ConflictException extends FileSystemException {

  public ConflictException(String path, String reason) {
    super(path, null, reason);
  }
}
