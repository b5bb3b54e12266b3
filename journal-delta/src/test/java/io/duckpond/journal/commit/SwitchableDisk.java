package io.duckpond.journal.commit;

import io.duckpond.journal.disk.ForwardingDisk;
import io.duckpond.journal.disk.RealDisk;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A real disk that can be told to fail: to create files, to link them, or to do it unseen. */
final class SwitchableDisk extends ForwardingDisk {
  /** What is broken. */
  enum Fault {
    NOTHING,
    /** Files cannot be created. */
    FULL,
    /** Names cannot be given: a commit cannot get its own. */
    NO_LINKS,
    /** The name is given, and then said not to be: the commit's outcome is unknown. */
    LINKS_THAT_LIE
  }

  volatile Fault fault = Fault.NOTHING;

  SwitchableDisk() {
    super(new RealDisk());
  }

  @Override
  protected void before(String operation, Path path) throws IOException {
    boolean full = operation.equals("create") && fault == Fault.FULL;
    if (full || (operation.equals("link") && fault == Fault.NO_LINKS)) {
      throw broken(path);
    }
  }

  @Override
  protected void after(String operation, Path path) throws IOException {
    if (operation.equals("link") && fault == Fault.LINKS_THAT_LIE) {
      throw broken(path);
    }
  }

  private FileSystemException broken(Path path) {
    return new FileSystemException(path.toString(), null, "the test's fault " + fault);
  }
}
