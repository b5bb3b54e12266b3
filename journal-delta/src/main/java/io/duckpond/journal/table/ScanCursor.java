package io.duckpond.journal.table;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.JournalException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records of a version, file after file. */
final class ScanCursor implements RecordCursor {
  private final ScanRequest request;
  private TableVersion version;
  private Iterator<DataFile> files;
  private @Nullable FileScan file;
  private int nextGroup;
  private Optional<LogRecord> current = Optional.empty();
  private boolean delivered;
  private boolean restarted;

  ScanCursor(TableVersion version, ScanRequest request) {
    this.version = version;
    this.request = request;
    this.files = version.matching(request).iterator();
  }

  @Override
  public boolean next() throws IOException {
    while (true) {
      FileScan open = file;
      if (open == null) {
        if (!files.hasNext()) {
          current = Optional.empty();
          return false;
        }
        open(files.next());
        continue;
      }
      current = open.next();
      if (current.isPresent()) {
        delivered = true;
        return true;
      }
      if (nextGroup < open.rowGroups()) {
        open.seek(nextGroup++);
      } else {
        file = null;
        open.close();
      }
    }
  }

  private void open(DataFile next) throws IOException {
    nextGroup = 0;
    try {
      file = version.open(next, request);
    } catch (NoSuchFileException e) {
      version = MissingFiles.newerVersion(version, next, restarted || delivered, e);
      restarted = true;
      files = version.matching(request).iterator();
    }
  }

  @Override
  public LogRecord record() {
    return current.orElseThrow(() -> new IllegalStateException("the cursor is on no record"));
  }

  @Override
  public void close() throws IOException {
    files = Collections.emptyIterator();
    FileScan open = file;
    file = null;
    if (open != null) {
      open.close();
    }
  }

  /** What a missing data file means. */
  static final class MissingFiles {
    private MissingFiles() {}

    /** Returns the version to start again from, or says why that cannot help. */
    static TableVersion newerVersion(
        TableVersion version, DataFile missing, boolean tooLate, NoSuchFileException cause)
        throws IOException {
      TableVersion newest = version.newest();
      if (newest.fileList().stream().anyMatch(file -> file.name().equals(missing.name()))) {
        throw new DamageException(
            missing.damageMessage(
                version.directory(), "a data file of " + missing.size() + " bytes", "none"),
            cause);
      }
      if (tooLate) {
        throw JournalException.notStored(
            version.directory() + " was rewritten while it was being read; read it again", cause);
      }
      return newest;
    }
  }
}
