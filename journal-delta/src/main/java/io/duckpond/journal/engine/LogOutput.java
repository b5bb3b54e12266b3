package io.duckpond.journal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.utils.CloseableIterator;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.nio.file.Path;

/** A file of JSON lines to be published; a log entry gets its trailer. */
final class LogOutput implements OutputFile {
  private final Machine machine;
  private final Path file;

  LogOutput(Machine machine, Path file) {
    this.machine = machine;
    this.file = file;
  }

  @Override
  public String path() {
    return file.toString();
  }

  @Override
  public PositionOutputStream create(boolean atomicWrite) {
    throw new UnsupportedOperationException("Parquet files go through DiskParquetHandler: " + file);
  }

  @Override
  public void writeAtomically(CloseableIterator<String> lines, boolean overwrite)
      throws IOException {
    Sha256 unused = publish(lines, overwrite);
  }

  /** Does the same; returns the digest of the whole file, trailer included. */
  Sha256 publish(CloseableIterator<String> lines, boolean overwrite) throws IOException {
    try (lines) {
      return DurableFiles.publish(
          machine,
          file,
          overwrite,
          out -> {
            long count = 0;
            while (lines.hasNext()) {
              out.write(lines.next().getBytes(UTF_8));
              out.write('\n');
              count++;
            }
            if (LogEntry.isEntryName(String.valueOf(file.getFileName()))) {
              out.write(LogEntry.trailer(count, out.digest()).getBytes(UTF_8));
              out.write('\n');
            }
          });
    }
  }
}
