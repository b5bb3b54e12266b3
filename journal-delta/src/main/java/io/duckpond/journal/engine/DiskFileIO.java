package io.duckpond.journal.engine;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.duckpond.journal.disk.Directories;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the kernel's handlers for JSON and for names need of a disk. */
final class DiskFileIO implements FileIO {
  private final Machine machine;
  private final Disk disk;
  private final Predicate<String> visible;

  /** Files whose names are not {@code visible} do not exist for the kernel. */
  DiskFileIO(Machine machine, Predicate<String> visible) {
    this.machine = machine;
    this.disk = machine.disk();
    this.visible = visible;
  }

  @Override
  public CloseableIterator<FileStatus> listFrom(String filePath) throws IOException {
    Path from = Path.of(filePath);
    Path directory = DurableFiles.parentOf(from);
    String first = String.valueOf(from.getFileName());
    try {
      return Utils.toCloseableIterator(
          disk.names(directory).stream()
              .filter(name -> name.compareTo(first) >= 0 && visible.test(name))
              .sorted()
              .flatMap(name -> statusIfThere(directory.resolve(name)))
              .iterator());
    } catch (NoSuchFileException e) {
      throw notFound(filePath, e);
    }
  }

  private Stream<FileStatus> statusIfThere(Path file) {
    try {
      return disk.stat(file).map(entry -> status(file, entry)).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public FileStatus getFileStatus(String path) throws IOException {
    Path file = Path.of(path);
    if (!visible.test(String.valueOf(file.getFileName()))) {
      throw new FileNotFoundException(path);
    }
    return disk.stat(file)
        .map(entry -> status(file, entry))
        .orElseThrow(() -> new FileNotFoundException(path));
  }

  private static FileStatus status(Path file, DiskEntry entry) {
    return FileStatus.of(file.toString(), entry.size(), entry.modifiedNanos() / 1_000_000);
  }

  @Override
  public String resolvePath(String path) {
    return Path.of(path).toAbsolutePath().toString();
  }

  @Override
  public boolean mkdirs(String path) throws IOException {
    Directories.createAll(disk, Path.of(path));
    return true;
  }

  @Override
  public InputFile newInputFile(String path, long fileSize) {
    boolean exists = visible.test(String.valueOf(Path.of(path).getFileName()));
    return new KernelInput(disk, path, exists);
  }

  @Override
  public OutputFile newOutputFile(String path) {
    return new LogOutput(machine, Path.of(path));
  }

  @Override
  public boolean delete(String path) throws IOException {
    try {
      disk.delete(Path.of(path));
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public Optional<String> getConf(String key) {
    return Optional.empty();
  }

  @Override
  public void copyFileAtomically(String from, String to, boolean overwrite) throws IOException {
    Path target = Path.of(to);
    byte[] bytes = DurableFiles.readAll(disk, Path.of(from));
    Sha256 unused = DurableFiles.publish(machine, target, overwrite, out -> out.write(bytes));
  }

  private static FileNotFoundException notFound(String path, NoSuchFileException cause) {
    FileNotFoundException missing = new FileNotFoundException(path);
    missing.initCause(cause);
    return missing;
  }

  /** A file as the kernel's JSON reader wants it. */
  private record KernelInput(Disk disk, String path, boolean exists) implements InputFile {

    @Override
    public long length() throws IOException {
      return disk.stat(Path.of(path))
          .map(DiskEntry::size)
          .orElseThrow(() -> new FileNotFoundException(path));
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
      if (!exists) {
        throw new FileNotFoundException(path);
      }
      try {
        Path file = Path.of(path);
        if (LogEntry.isEntryName(String.valueOf(file.getFileName()))) {
          LogEntry.requireBounded(disk, file);
        }
        return new KernelStream(DiskInput.open(disk, file).newStream());
      } catch (NoSuchFileException e) {
        throw notFound(path, e);
      }
    }
  }

  /** The kernel's stream over ours. */
  private static final class KernelStream extends SeekableInputStream {
    private final DiskInput.Stream stream;

    KernelStream(DiskInput.Stream stream) {
      this.stream = stream;
    }

    @Override
    public long getPos() {
      return stream.getPos();
    }

    @Override
    public void seek(long position) {
      stream.seek(position);
    }

    @Override
    public void readFully(byte[] into, int offset, int length) throws IOException {
      stream.readFully(into, offset, length);
    }

    @Override
    public int read() throws IOException {
      return stream.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return length == 0 ? 0 : stream.read(ByteBuffer.wrap(into, offset, length));
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
