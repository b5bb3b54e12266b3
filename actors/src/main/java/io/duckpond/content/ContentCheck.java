package io.duckpond.content;

import io.duckpond.CheckMode;
import io.duckpond.Finding;
import io.duckpond.Progress;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Compares the files of {@code contents/} with what the log refers to. Changes nothing. */
public final class ContentCheck {
  private static final Pattern FOLDER = Pattern.compile("[0-9a-f]{2}");
  private static final String PUT_BACK =
      "put the file back from a copy, or put the same bytes into the pond again, which heals it";
  private static final String HARMLESS = "does no harm; a repair sets it aside";

  private final Disk disk;
  private final ContentFolder folder;
  private final CheckMode mode;
  private final Progress progress;
  private final List<Damaged> damaged = new ArrayList<>();
  private final List<Finding> leftovers = new ArrayList<>();
  private final AtomicLong files = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  /** A content that is to be there. */
  public record Wanted(Sha256 sha256, Sha256 blocks, long size) {}

  /** A content whose bytes, or whose digests beside them, are not what they were. */
  public record Damaged(Wanted content, Finding finding) {}

  /** Of the contents in a folder, which need not exist. */
  public ContentCheck(Disk disk, Path directory, CheckMode mode, Progress progress) {
    this.disk = disk;
    this.folder = new ContentFolder(Machine.with(disk), directory);
    this.mode = mode;
    this.progress = progress;
  }

  /** Looks at one content; any thread. */
  public void check(Wanted content) throws IOException {
    Path file = folder.fileOf(content.sha256());
    if (isWhole(content, file, content.size()) && mode == CheckMode.DEEP) {
      compare(content, file);
    }
    if (BlockDigests.areStored(content.size())) {
      Path blocks = folder.blocksOf(content.sha256());
      if (isWhole(content, blocks, BlockDigests.bytesFor(content.size()))
          && mode == CheckMode.DEEP) {
        compareDigests(content, blocks);
      }
    }
    progress.at("contents", files.get(), bytes.get());
  }

  /** Returns whether a file is there in its size, as far as names tell. */
  private boolean isWhole(Wanted content, Path file, long size) throws IOException {
    files.incrementAndGet();
    try {
      Optional<DiskEntry> there = disk.stat(file);
      if (there.isEmpty()) {
        damage(content, Finding.Kind.MISSING, file, size + " bytes", "no file");
      } else if (there.get().kind() != DiskEntry.Kind.FILE) {
        damage(content, Finding.Kind.MISSING, file, size + " bytes", "no file but something else");
      } else if (there.get().size() != size) {
        damage(
            content, Finding.Kind.WRONG_SIZE, file, size + " bytes", there.get().size() + " bytes");
      } else {
        return true;
      }
    } catch (IOException e) {
      unreadable(content, file, e);
    }
    return false;
  }

  private void compare(Wanted content, Path file) throws IOException {
    MessageDigest whole = Sha256.digest();
    read(content, file, whole);
    Sha256 found = Sha256.from(whole.digest());
    if (!found.equals(content.sha256()) && !isNoted(content, file)) {
      damage(content, Finding.Kind.FLIPPED, file, "SHA-256 " + content.sha256(), found.hex());
    }
  }

  private void compareDigests(Wanted content, Path file) throws IOException {
    MessageDigest digests = Sha256.digest();
    read(content, file, digests);
    Sha256 found = Sha256.from(digests.digest());
    if (!found.equals(content.blocks()) && !isNoted(content, file)) {
      damage(content, Finding.Kind.FLIPPED, file, "SHA-256 " + content.blocks(), found.hex());
    }
  }

  private void read(Wanted content, Path file, MessageDigest digest) throws IOException {
    ByteBuffer window = ByteBuffer.allocate(1 << 16);
    try (DiskReader reader = disk.open(file)) {
      long position = 0;
      for (int read = 0; read >= 0; read = reader.read(window.clear(), position)) {
        digest.update(window.flip());
        position += read;
        bytes.addAndGet(read);
        progress.at("contents", files.get(), bytes.get());
      }
    } catch (NoSuchFileException e) {
      damage(content, Finding.Kind.MISSING, file, content.size() + " bytes", "no file");
    } catch (IOException e) {
      unreadable(content, file, e);
    }
  }

  private void unreadable(Wanted content, Path file, IOException failure) throws IOException {
    if (Finding.isOfThisProcess(failure)) {
      throw failure;
    }
    damage(
        content,
        Finding.Kind.UNREADABLE,
        file,
        "a file that can be read",
        String.valueOf(failure.getMessage()));
  }

  private synchronized boolean isNoted(Wanted content, Path file) {
    return damaged.stream()
        .anyMatch(
            noted ->
                noted.content().equals(content) && noted.finding().subject().equals(subject(file)));
  }

  private synchronized void damage(
      Wanted content, Finding.Kind kind, Path file, String expected, String found) {
    damaged.add(
        new Damaged(content, Finding.of(kind, true, subject(file), expected, found, PUT_BACK)));
  }

  /** Looks for files that no version refers to, nor anybody who lives is about to. */
  public void findLeftovers(Map<Sha256, ?> wanted) throws IOException {
    List<Path> unknown = new ArrayList<>();
    for (DiskEntry entry : listed(folder.directory())) {
      Path path = folder.directory().resolve(entry.name());
      if (entry.kind() == DiskEntry.Kind.DIRECTORY && FOLDER.matcher(entry.name()).matches()) {
        names(path).forEach(name -> unknown.add(path.resolve(name)));
      } else if (!ContentFolder.isTemporary(entry.name())) {
        leftover(Finding.Kind.ORPHAN, path, "files named by their SHA-256 only");
      } else if (!folder.isInUse(entry.name())) {
        leftover(Finding.Kind.TEMPORARY, path, "no file");
      }
    }
    Set<Path> known = new HashSet<>();
    wanted.keySet().forEach(content -> add(content, known));
    folder.registered(content -> add(content, known)); // before there was a file of it
    for (Path file : unknown) {
      if (!known.contains(file)) {
        leftover(Finding.Kind.ORPHAN, file, "a version that refers to it");
      }
    }
    leftovers.sort(Comparator.comparing(Finding::subject));
  }

  private void add(Sha256 content, Set<Path> files) {
    files.add(folder.fileOf(content));
    files.add(folder.blocksOf(content));
  }

  private List<DiskEntry> listed(Path directory) throws IOException {
    try {
      return sorted(disk.list(directory));
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static List<DiskEntry> sorted(List<DiskEntry> entries) {
    return entries.stream().sorted(Comparator.comparing(DiskEntry::name)).toList();
  }

  private List<String> names(Path directory) throws IOException {
    try {
      return disk.names(directory).stream().sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private void leftover(Finding.Kind kind, Path file, String expected) {
    leftovers.add(
        Finding.of(
            kind,
            false,
            subject(file),
            expected,
            kind == Finding.Kind.TEMPORARY
                ? "one that a writer began, which was interrupted or is still at it"
                : "none; its writer was interrupted or is still at it",
            HARMLESS));
  }

  private String subject(Path file) {
    Path pond = folder.directory().getParent();
    return pond == null ? file.toString() : pond.relativize(file).toString();
  }

  /** Returns the contents that are not whole, in no particular order. */
  public synchronized List<Damaged> damaged() {
    return List.copyOf(damaged);
  }

  /** Returns what nothing refers to. */
  public List<Finding> leftovers() {
    return leftovers;
  }

  /** Returns how many files were looked at. */
  public long files() {
    return files.get();
  }

  /** Returns how many bytes were read. */
  public long bytes() {
    return bytes.get();
  }
}
