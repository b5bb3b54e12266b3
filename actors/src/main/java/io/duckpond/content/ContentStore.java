package io.duckpond.content;

import io.duckpond.Progress;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.disk.SystemErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.apache.pekko.util.ByteString;

/**
 * The folder {@code contents/}: large contents as plain files named by their SHA-256, each with the
 * digests of its 1 MiB blocks beside it. Equal contents are one file. Any thread.
 *
 * <p>A disk that fails to write or read is a {@link JournalException}; only what {@code in} throws
 * comes out of {@link #take} as an {@link IOException}.
 */
public final class ContentStore implements AutoCloseable {
  private static final int MAX_INLINE_LIMIT = 1 << 30;

  private final Disk disk;
  private final ContentFolder folder;
  private final int inlineLimit;
  private final int bufferBytes;
  private final Executor helpers;
  private final Publications publications;
  private final Registrations registrations;
  private final Holding forGood;
  private final ConcurrentLinkedQueue<byte[]> buffers = new ConcurrentLinkedQueue<>();

  /** What killed processes have left, removed and not yet told. */
  private Collected abandoned = Collected.NOTHING;

  /** A store in {@code directory}, which is created when the first large content arrives. */
  public ContentStore(Disk disk, Path directory, long inlineLimit) {
    this(Machine.with(disk), directory, inlineLimit, Runnable::run);
  }

  /**
   * The same whose {@code helpers} sync files and compute digests beside those who bring contents.
   * They never wait for anybody but the disk.
   */
  public ContentStore(Machine machine, Path directory, long inlineLimit, Executor helpers) {
    if (inlineLimit < 0 || inlineLimit > MAX_INLINE_LIMIT) {
      throw new IllegalArgumentException("not an inline limit of 0 to 1 GiB: " + inlineLimit);
    }
    this.disk = machine.disk();
    this.folder = new ContentFolder(machine, directory);
    this.registrations = new Registrations(new TakenList(disk, folder));
    this.forGood = new Holding(this, registrations);
    this.inlineLimit = (int) inlineLimit;
    this.helpers = helpers;
    this.publications = new Publications(helpers);
    // Whole blocks, and one byte more than the limit, so that one fill tells small from large.
    this.bufferBytes = (this.inlineLimit / BlockDigests.BLOCK + 1) * BlockDigests.BLOCK;
  }

  /** Removes what killed processes were taking in; for the one who holds the write lock. */
  public synchronized void removeAbandoned() {
    abandoned = abandoned.plus(folder.removeAbandoned());
  }

  /**
   * Removes what no version of the log refers to and nobody is about to refer to; for the one who
   * holds the write lock. Returns what was removed since it was last asked, by {@link
   * #removeAbandoned} too.
   */
  public synchronized Collected collect(References references, Progress progress)
      throws IOException {
    publications.settle(); // or what was given up while it was published would come late
    removeAbandoned();
    Collected removed =
        new ContentCollection(folder, registrations, references, progress).run().plus(abandoned);
    abandoned = Collected.NOTHING;
    return removed;
  }

  /** Returns what will hold contents for somebody; it holds none yet. */
  public Holding hold() {
    return new Holding(this, registrations);
  }

  /**
   * Reads {@code in} to its end: up to the inline limit it comes back as bytes, beyond it is
   * written to a file with bounded memory. A large content can be opened at once, is durable after
   * {@link #sync}, and is not collected until this store is closed.
   */
  public NewContent take(InputStream in) throws IOException {
    return take(in, Optional.empty(), forGood);
  }

  /** The same of bytes that may have to pass an examination; what that throws comes out. */
  NewContent take(InputStream in, Optional<Examination> examination, Holding holding)
      throws IOException {
    Optional<TakenContent> taken = TakenContent.of(in, this);
    if (taken.isPresent()) {
      NewContent content = taken.get().take(examination);
      if (content instanceof NewContent.Large large) {
        holding.add(large.sha256()); // which is held still by the one it was taken from
      }
      return content;
    }
    byte[] pooled = buffers.poll();
    byte[] buffer = pooled == null ? new byte[bufferBytes] : pooled;
    try {
      int filled = in.readNBytes(buffer, 0, buffer.length);
      if (filled > inlineLimit) {
        return takeLarge(in, buffer, filled, examination, holding);
      }
      byte[] bytes = Arrays.copyOf(buffer, filled);
      if (examination.isPresent()) {
        examine(examination.get(), ContentBytes.of(bytes));
      }
      return new NewContent.Small(ByteString.fromArrayUnsafe(bytes), Sha256.of(bytes));
    } finally {
      buffers.add(buffer);
    }
  }

  /** Starts a content that is added piece by piece; {@link #take} then takes it as it is. */
  public Intake intake() {
    return new Intake(this, new byte[bufferBytes]);
  }

  int inlineLimit() {
    return inlineLimit;
  }

  ContentWriter newWriter() {
    return new ContentWriter(disk, folder, helpers);
  }

  void publish(NewContent.Large content, ContentWriter writer, Holding holding) {
    holding.add(content.sha256()); // before it is tested whether it is there
    publications.add(content.sha256(), writer);
  }

  private static void examine(Examination examination, DiskReader opened) throws IOException {
    try (DiskReader bytes = opened) {
      examination.examine(bytes);
    }
  }

  /** Opens the bytes of a content that has its name. */
  DiskReader reader(NewContent.Large content) throws IOException {
    String name = "content " + content.sha256().hex();
    CheckedInput bytes = checked(content.sha256(), content.blocks(), content.size(), name);
    return ContentBytes.of(bytes, content.size());
  }

  private NewContent.Large takeLarge(
      InputStream in, byte[] buffer, int first, Optional<Examination> examination, Holding holding)
      throws IOException {
    ContentWriter writer = newWriter();
    boolean passedOn = false;
    try {
      int filled = first;
      while (filled > 0) {
        writer.add(buffer, filled);
        filled = filled < buffer.length ? 0 : in.readNBytes(buffer, 0, buffer.length);
      }
      NewContent.Large content = writer.finish();
      if (examination.isPresent()) {
        examine(examination.get(), writer.open());
      }
      publish(content, writer, holding);
      passedOn = true;
      return content;
    } finally {
      if (!passedOn) {
        writer.close();
      }
    }
  }

  /**
   * Makes contents durable, bytes and names; called before a commit that refers to them, under the
   * write lock. What has failed is tried again; what a repair has set aside since it was written,
   * while nothing referred to it, is a failure.
   */
  public void sync(Collection<Sha256> contents) {
    contents.forEach(publications::await);
    folder.sync();
    contents.forEach(this::demandThere);
  }

  private void demandThere(Sha256 content) {
    Path file = folder.fileOf(content);
    boolean there;
    try {
      there = disk.stat(file).isPresent();
    } catch (IOException e) {
      throw JournalException.notStored(
          "cannot see whether a content is stored: " + SystemErrors.message(e), e);
    }
    if (!there) {
      throw JournalException.notStored(
          file + " is no longer there, though it was written a while ago: run it again",
          new NoSuchFileException(file.toString()));
    }
  }

  /** Returns a new file for bytes that do not stay. */
  public Scratch scratch() throws IOException {
    return new Scratch(disk, folder);
  }

  /** Makes all contents durable that were taken so far. */
  public void sync() {
    sync(publications.pending());
  }

  /**
   * Opens a large content; each block is checked before any of its bytes is handed out. Damage or
   * absence is a {@code DamageException} that names {@code path}, expected and found. What is
   * skipped is neither read nor checked.
   */
  public InputStream open(Sha256 sha256, Sha256 blocks, long size, String path) throws IOException {
    return checked(sha256, blocks, size, path);
  }

  private CheckedInput checked(Sha256 sha256, Sha256 blocks, long size, String path)
      throws IOException {
    publications.finish(sha256, () -> isThere(folder.fileOf(sha256)));
    StoredFile content = new StoredFile(folder.fileOf(sha256), size, path);
    BlockDigests digests =
        BlockDigests.areStored(size)
            ? readDigests(sha256, blocks, size, path)
            : BlockDigests.ofOneBlock(sha256);
    return new CheckedInput(content, opened(content), digests);
  }

  /** What a collection looks at, or did when its process died, is read where that has put it. */
  private DiskReader opened(StoredFile file) throws IOException {
    try {
      return file.open(disk);
    } catch (DamageException e) {
      StoredFile aside = file.at(folder.setAside().asideOf(file.file()));
      if (!(e.getCause() instanceof NoSuchFileException)) {
        throw e;
      }
      return isThere(aside.file()) ? aside.open(disk) : file.open(disk);
    }
  }

  private boolean isThere(Path file) {
    try {
      return disk.stat(file).isPresent();
    } catch (IOException e) {
      return false; // then the failure to publish it is what there is to say
    }
  }

  /** Gives up what could not be made durable. Everything that was stays readable. */
  @Override
  public void close() {
    publications.close();
    registrations.close();
    folder.close();
  }

  /** Reads every byte of a content and checks it; for {@code restore --verify}. */
  public void verify(Sha256 sha256, Sha256 blocks, long size, String path) throws IOException {
    MessageDigest digest = Sha256.digest();
    OutputStream whole = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
    try (InputStream in = open(sha256, blocks, size, path)) {
      in.transferTo(whole);
    }
    Sha256 found = Sha256.from(digest.digest());
    if (!found.equals(sha256)) {
      throw new StoredFile(folder.fileOf(sha256), size, path).damage("digest", sha256, found);
    }
  }

  private BlockDigests readDigests(Sha256 sha256, Sha256 blocks, long size, String path)
      throws IOException {
    StoredFile stored = new StoredFile(folder.blocksOf(sha256), BlockDigests.bytesFor(size), path);
    byte[] bytes = new byte[Math.toIntExact(stored.size())];
    try (DiskReader reader = opened(stored)) {
      stored.readFully(reader, bytes, bytes.length, 0);
    }
    BlockDigests digests = new BlockDigests(bytes);
    if (!digests.sha256().equals(blocks)) {
      throw stored.damage("digest", blocks, digests.sha256());
    }
    return digests;
  }
}
