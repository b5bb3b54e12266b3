package io.duckpond.content;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.DiskWriter;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Lease;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.disk.SystemErrors;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names within {@code contents/}, and which directories hold names that a power cut might still
 * take. What is on its way in has the id of a {@link Lease} in its name, so that others can tell
 * whether somebody will come back to it. Any thread.
 */
final class ContentFolder {
  private static final Logger LOG = LoggerFactory.getLogger(ContentFolder.class);
  private static final String TEMPORARY = "tmp-";
  private static final Pattern OF_A_LEASE = Pattern.compile("tmp-([0-9a-f-]{36})-(taken-)?\\d+");
  private static final Pattern FOLDER = Pattern.compile("[0-9a-f]{2}");
  private static final Pattern CONTENT = Pattern.compile("([0-9a-f]{64})(\\.blocks)?");

  private final Machine machine;
  private final Disk disk;
  private final Path directory;
  private final AtomicLong temporaries = new AtomicLong();

  /** Directories to sync before the next commit. */
  private final Set<Path> dirty = ConcurrentHashMap.newKeySet();

  /** Directories whose own names this process has made durable. */
  private final Set<Path> durable = ConcurrentHashMap.newKeySet();

  private Optional<Lease> lease = Optional.empty();

  ContentFolder(Machine machine, Path directory) {
    this.machine = machine;
    this.disk = machine.disk();
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  Path fileOf(Sha256 sha256) {
    String hex = sha256.hex();
    return directory.resolve(hex.substring(0, 2)).resolve(hex);
  }

  Path blocksOf(Sha256 sha256) {
    Path file = fileOf(sha256);
    return file.resolveSibling(file.getFileName() + ".blocks");
  }

  /** A file that nobody sees yet, open to be written. */
  record Temporary(Path file, DiskWriter writer) {}

  Temporary createTemporary() throws IOException {
    return createTemporary("");
  }

  /** Returns a file for the digests of what this process takes in. */
  Temporary createTakenList() throws IOException {
    return createTemporary("taken-");
  }

  private Temporary createTemporary(String kind) throws IOException {
    String prefix = TEMPORARY + leaseId() + "-" + kind;
    Path file = directory.resolve(prefix + temporaries.getAndIncrement());
    return new Temporary(file, disk.create(file));
  }

  private synchronized String leaseId() throws IOException {
    if (lease.isEmpty()) {
      ensure(directory);
      lease = Optional.of(Lease.take(machine, directory));
    }
    return lease.get().id();
  }

  /** Returns whether a name is that of something on its way in or out. */
  static boolean isTemporary(String name) {
    return name.startsWith(TEMPORARY) || Lease.idIn(name).isPresent();
  }

  private static Optional<String> leaseOf(String name) {
    Matcher matcher = OF_A_LEASE.matcher(name);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /**
   * Removes what processes have left on its way in that live no more, and gives back the names of
   * what they had set aside; for the one who holds the write lock. Returns what was removed.
   */
  Collected removeAbandoned() {
    Collected removed = Collected.NOTHING;
    try {
      List<String> names = disk.names(directory);
      Leases leases = new Leases();
      for (String name : names) {
        Optional<String> owner = leaseOf(name).or(() -> Lease.idIn(name));
        boolean over = owner.isEmpty() || leases.isOver(owner.get());
        boolean isFile = name.startsWith(TEMPORARY) && SetAside.contentOf(name).isEmpty();
        if (isFile && over) {
          removed = removed.plus(new Collected(0, 1, remove(directory.resolve(name))));
        }
      }
      setAside()
          .giveBack(names.stream().flatMap(name -> SetAside.contentOf(name).stream()).toList());
    } catch (NoSuchFileException e) {
      LOG.debug("nothing in [{}] to tidy up", directory);
    } catch (IOException e) {
      LOG.debug("[{}] is not tidied up", directory, e); // it is only litter
    }
    return removed;
  }

  /** Which of several leases are over; asking removes the files of those. For one thread. */
  private final class Leases {
    private final Map<String, Boolean> known = new HashMap<>();

    boolean isOver(String id) throws IOException {
      Boolean over = known.get(id);
      if (over == null) {
        over = Lease.isOver(disk, directory, id);
        known.put(id, over);
      }
      return over;
    }
  }

  /** Removes a file; returns how many bytes it had. */
  long remove(Path file) throws IOException {
    long bytes = disk.stat(file).map(DiskEntry::size).orElse(0L);
    disk.delete(file);
    return bytes;
  }

  /** Returns whether a name belongs to a process that lives. */
  boolean isInUse(String name) throws IOException {
    Optional<String> owner = leaseOf(name).or(() -> Lease.idIn(name));
    return owner.isPresent() && Lease.isHeld(disk, directory, owner.get());
  }

  /** Whether the process is to be asked that has taken the lease of an id. */
  private interface Owners {
    boolean include(String lease) throws IOException;
  }

  /** Hands out what processes that live have taken in, this one too; changes nothing. */
  void registered(Consumer<Sha256> sink) throws IOException {
    registered(lease -> Lease.isHeld(disk, directory, lease), sink);
  }

  /** Hands out what other processes that live have taken in. */
  void registeredElsewhere(Consumer<Sha256> sink) throws IOException {
    String own = leaseId();
    Leases leases = new Leases();
    registered(lease -> !lease.equals(own) && !leases.isOver(lease), sink);
  }

  private void registered(Owners owners, Consumer<Sha256> sink) throws IOException {
    for (String name : names(directory)) {
      Matcher matcher = OF_A_LEASE.matcher(name);
      if (matcher.matches() && matcher.group(2) != null && owners.include(matcher.group(1))) {
        TakenList.read(disk, directory.resolve(name), sink);
      }
    }
  }

  /** Returns the contents of which there is a file, or the digests of one. */
  Set<Sha256> contents() throws IOException {
    Set<Sha256> contents = new HashSet<>();
    for (String name : names(directory)) {
      if (FOLDER.matcher(name).matches()) {
        for (String file : names(directory.resolve(name))) {
          Matcher matcher = CONTENT.matcher(file);
          if (matcher.matches() && file.startsWith(name)) {
            contents.add(Sha256.parse(matcher.group(1)));
          }
        }
      }
    }
    return contents;
  }

  private List<String> names(Path folder) throws IOException {
    try {
      return disk.names(folder);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
  }

  /** Returns where a collection puts what it may have to give back. */
  SetAside setAside() {
    return new SetAside(disk, this);
  }

  /** Makes sure that there is a directory to put {@code file} into. */
  void prepare(Path file) throws IOException {
    ensure(parentOf(file));
  }

  /** Notes that {@code file} has got its name, or was found under it, and somebody relies on it. */
  void relyOn(Path file) {
    Path parent = parentOf(file);
    dirty.add(parent);
    if (!durable.contains(parent)) {
      // Whoever made these directories, in this process or another, may not have synced them.
      dirty.add(directory);
      dirty.add(parentOf(directory));
    }
  }

  void sync() {
    List<Path> pending =
        dirty.stream().sorted(Comparator.comparingInt(Path::getNameCount).reversed()).toList();
    for (Path each : pending) {
      dirty.remove(each); // before the sync: a name that comes meanwhile makes it dirty again
      try {
        disk.syncDirectory(each);
      } catch (IOException e) {
        // All that is not surely synced is synced by the next attempt. A filesystem that lost a
        // directory's journal entry refuses every later sync, so trying again cannot deceive.
        dirty.addAll(pending);
        throw JournalException.notStored(
            "cannot make names durable: " + SystemErrors.message(e), e);
      }
    }
    durable.addAll(pending);
  }

  private void ensure(Path wanted) throws IOException {
    if (disk.stat(wanted).isPresent()) {
      return;
    }
    if (!wanted.equals(directory)) {
      ensure(directory);
    }
    try {
      disk.createDirectory(wanted);
    } catch (FileAlreadyExistsException e) {
      // Another thread or process was faster, which is as good.
      return;
    }
  }

  private static Path parentOf(Path path) {
    return Objects.requireNonNull(path.getParent(), "paths of a pond are absolute");
  }

  /** Gives up what is on its way in. */
  synchronized void close() {
    try {
      if (lease.isPresent()) {
        lease.get().close();
      }
    } catch (IOException e) {
      LOG.debug("a lease in [{}] is left behind", directory, e);
    } finally {
      lease = Optional.empty();
    }
  }
}
