package io.duckpond.refusal;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.duckpond.ConflictException;
import io.duckpond.ReadOnlyStateException;
import io.duckpond.nio.PondFileSystems;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;

/** What the file system of a pond refuses, in the words that {@code java.nio.file} has for it. */
final class NioRefusals extends RefusalList {
  private NioRefusals() {
    super("nio: ");
  }

  static List<Refusal> all() {
    NioRefusals refusals = new NioRefusals();
    refusals.files();
    refusals.pastStates();
    refusals.channels();
    refusals.mistakes();
    return refusals.listed();
  }

  private void files() {
    Class<? extends Throwable> none = NoSuchFileException.class;
    add("read nothing", none, "/none", "", s -> Files.readString(s.path("/none")));
    add("delete nothing", none, "/none", "", s -> Files.delete(s.path("/none")));
    add("list nothing", none, "/none", "", s -> Files.list(s.path("/none")).close());
    add("open nothing", none, "/none", "", s -> Files.newByteChannel(s.path("/none")).close());
    add(
        "list a file",
        NotDirectoryException.class,
        "/a/b/f",
        "",
        s -> Files.list(s.path("/a/b/f")).close());
    add(
        "make a file that is there",
        FileAlreadyExistsException.class,
        "/a/b/f",
        "",
        s -> Files.newByteChannel(s.path("/a/b/f"), CREATE_NEW, WRITE).close());
    add(
        "make a directory that is there",
        FileAlreadyExistsException.class,
        "/full",
        "",
        s -> Files.createDirectory(s.path("/full")));
    add(
        "copy onto a file",
        FileAlreadyExistsException.class,
        "/series",
        "",
        s -> Files.copy(s.path("/a/b/f"), s.path("/series")));
    add(
        "delete a full directory",
        DirectoryNotEmptyException.class,
        "/full",
        "",
        s -> Files.delete(s.path("/full")));
    add(
        "replace a full directory",
        DirectoryNotEmptyException.class,
        "/full",
        "",
        s -> Files.move(s.path("/empty"), s.path("/full"), StandardCopyOption.REPLACE_EXISTING));
    add(
        "copy onto what it is in",
        DirectoryNotEmptyException.class,
        "/a",
        "",
        s -> Files.copy(s.path("/a/b"), s.path("/a"), StandardCopyOption.REPLACE_EXISTING));
    add(
        "read a loop",
        FileSystemLoopException.class,
        "/to",
        "",
        s -> Files.readString(s.path("/to")));
    add(
        "the target of a file",
        NotLinkException.class,
        "/series",
        "",
        s -> Files.readSymbolicLink(s.path("/series")));
    add(
        "execute a file",
        AccessDeniedException.class,
        "/a/b/f",
        "not executable",
        s -> s.present().provider().checkAccess(s.path("/a/b/f"), AccessMode.EXECUTE));
    add(
        "write a directory",
        FileSystemException.class,
        "/a",
        "is a directory",
        s -> Files.newByteChannel(s.path("/a"), WRITE).close());
    add(
        "read a directory's channel",
        FileSystemException.class,
        "/a",
        "is a directory",
        s -> {
          try (FileChannel channel = FileChannel.open(s.path("/a"), READ)) {
            channel.read(ByteBuffer.allocate(1));
          }
        });
    add(
        "give a file away",
        FileSystemException.class,
        "/a/b/f",
        "a pond keeps no owners",
        s -> Files.setOwner(s.path("/a/b/f"), () -> "somebody"));
  }

  private void pastStates() {
    Class<? extends Throwable> past = ReadOnlyStateException.class;
    String reason = "a committed state cannot be changed";
    add("write then", past, "/a/b/f", reason, s -> Files.writeString(s.pastPath("/a/b/f"), ""));
    add("make then", past, "/x", reason, s -> Files.createDirectory(s.pastPath("/x")));
    add("delete then", past, "/empty", reason, s -> Files.delete(s.pastPath("/empty")));
    add(
        "date then",
        past,
        "/a",
        reason,
        s -> Files.setLastModifiedTime(s.pastPath("/a"), FileTime.fromMillis(1)));
    add("copy into then", past, "/x", reason, s -> Files.copy(s.path("/a/b/f"), s.pastPath("/x")));
    add(
        "move out of then",
        past,
        "/a/b/f",
        reason,
        s -> Files.move(s.pastPath("/a/b/f"), s.path("/x")));
    add(
        "whether then can be written",
        AccessDeniedException.class,
        "/a",
        "a past state is",
        s -> s.present().provider().checkAccess(s.pastPath("/a"), AccessMode.WRITE));
    add(
        "move atomically between two",
        AtomicMoveNotSupportedException.class,
        "/a/b/f",
        "from one file system to another",
        s -> {
          try (FileSystem own = PondFileSystems.of(s.transaction())) {
            Path to = own.getPath("/x");
            Files.move(s.path("/a/b/f"), to, StandardCopyOption.ATOMIC_MOVE);
          }
        });
  }

  private void channels() {
    add(
        "a file that another has written meanwhile",
        ConflictException.class,
        "/raced",
        "somebody else has written it while it was open",
        s -> raced(s, () -> s.kit.put("/raced", "another's")));
    add(
        "a file that another has removed meanwhile",
        NoSuchFileException.class,
        "/raced",
        "somebody else has moved or removed it",
        s -> raced(s, () -> s.pond().root().remove("/raced")));
    add(
        "a lock on what is locked",
        OverlappingFileLockException.class,
        "",
        "",
        s -> {
          try (FileChannel channel = FileChannel.open(s.path("/a/b/f"), READ, WRITE);
              FileLock lock = channel.lock()) {
            channel.tryLock(lock.position(), lock.size(), false);
          }
        });
    add(
        "a channel that was closed",
        ClosedChannelException.class,
        "",
        "",
        s -> {
          SeekableByteChannel channel = Files.newByteChannel(s.path("/a/b/f"));
          channel.close();
          channel.size();
        });
    add(
        "write what is read",
        NonWritableChannelException.class,
        "",
        "",
        s -> {
          try (SeekableByteChannel channel = Files.newByteChannel(s.path("/a/b/f"))) {
            channel.write(ByteBuffer.allocate(1));
          }
        });
    add(
        "read what is written",
        NonReadableChannelException.class,
        "",
        "",
        s -> {
          try (SeekableByteChannel channel = Files.newByteChannel(s.path("/a/b/f"), WRITE)) {
            channel.read(ByteBuffer.allocate(1));
          }
        });
    add(
        "map a file",
        UnsupportedOperationException.class,
        "",
        "a file of a pond cannot be mapped",
        s -> {
          try (FileChannel channel = FileChannel.open(s.path("/a/b/f"), READ)) {
            channel.map(FileChannel.MapMode.READ_ONLY, 0, 1);
          }
        });
  }

  private interface Action {
    void run() throws Exception;
  }

  private static void raced(RefusalScene scene, Action meanwhile) throws Exception {
    scene.kit.put("/raced", "first");
    try (FileChannel channel = FileChannel.open(scene.path("/raced"), WRITE)) {
      channel.write(ByteBuffer.allocate(1));
      meanwhile.run();
    } finally {
      Files.deleteIfExists(scene.path("/raced"));
    }
  }

  private void mistakes() {
    add(
        "a path of the host",
        ProviderMismatchException.class,
        "HOST",
        "not a path of a pond: ",
        s -> s.present().provider().delete(s.host));
    add("a NUL", InvalidPathException.class, "/x\0", "NUL in a path", s -> s.path("/x\0"));
    add(
        "half a character",
        InvalidPathException.class,
        "/\ud83d",
        "not Unicode text",
        s -> s.path("/\ud83d"));
    add(
        "a glob that is none",
        PatternSyntaxException.class,
        "{a",
        "",
        s -> s.present().getPathMatcher("glob:{a"));
    add(
        "an owner by name",
        UserPrincipalNotFoundException.class,
        "",
        "",
        s -> s.present().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    add(
        "a syntax that is none",
        UnsupportedOperationException.class,
        "",
        "syntax sql",
        s -> s.present().getPathMatcher("sql:select"));
    add(
        "attributes that are none",
        UnsupportedOperationException.class,
        "",
        "view dos",
        s -> Files.readAttributes(s.path("/a"), "dos:hidden"));
    add(
        "to watch",
        UnsupportedOperationException.class,
        "",
        "a pond has no watch service",
        s -> s.present().newWatchService());
    add(
        "a file system that is closed",
        ClosedFileSystemException.class,
        "",
        "",
        s -> {
          FileSystem closed = s.present();
          Path path = closed.getPath("/a");
          closed.close();
          Files.exists(path);
          Files.readAttributes(path, "*");
        });
    add(
        "a URI of no pond that is open",
        FileSystemNotFoundException.class,
        "pond:HOST/d!/",
        "",
        s -> Files.exists(Path.of(URI.create("pond:" + s.host + "/d!/x"))));
    add(
        "a URI of a pond that is open",
        FileSystemAlreadyExistsException.class,
        "pond:HOST/own!/",
        "",
        s -> {
          URI uri = URI.create("pond:" + s.host + "/own!/");
          try (FileSystem first = FileSystems.newFileSystem(uri, Map.of("create", "true"))) {
            Files.createDirectory(first.getPath("/x"));
            FileSystems.newFileSystem(uri, Map.of()).close();
          }
        });
  }
}
