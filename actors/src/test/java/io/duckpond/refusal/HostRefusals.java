package io.duckpond.refusal;

import io.duckpond.Progress;
import io.duckpond.host.HostCopy;
import io.duckpond.host.HostCopyOptions;
import io.duckpond.journal.disk.LinkTargetException;
import io.duckpond.journal.disk.RealDisk;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What copies between a pond and the host refuse; what devices and owners do, elsewhere. */
final class HostRefusals extends RefusalList {
  private HostRefusals() {
    super("host: ");
  }

  static List<Refusal> all() {
    HostRefusals refusals = new HostRefusals();
    refusals.in();
    refusals.out();
    return refusals.listed();
  }

  private static HostCopy copy(RefusalScene scene, String... excludes) {
    Set<Path> never = Set.of(scene.host.resolve("own"));
    return new HostCopy(
        new RealDisk(), new HostCopyOptions(Set.of(), List.of(excludes), never), Progress.NONE);
  }

  private static void in(RefusalScene scene, String from, String to) throws IOException {
    copy(scene).in(List.of(scene.host.resolve(from)), scene.root(), to);
  }

  private static void out(RefusalScene scene, String from, String to) throws IOException {
    copy(scene).out(List.of(from), scene.root(), scene.host.resolve(to));
  }

  private void in() {
    add("nothing", NoSuchFileException.class, "HOST/none", "", s -> in(s, "none", "/x"));
    add("below nothing", NoSuchFileException.class, "/none/x", "", s -> in(s, "f", "/none/x"));
    add("below a loop", FileSystemLoopException.class, "fro", "", s -> in(s, "f", "/to/x"));
    add(
        "above the root",
        FileSystemException.class,
        "../../x",
        "leads above the root",
        s -> in(s, "f", "/a/up/x"));
    add("below a file", NotDirectoryException.class, "/series", "", s -> in(s, "f", "/series/x"));
    add(
        "to a file as directory",
        NotDirectoryException.class,
        "/series/",
        "",
        s -> in(s, "f", "/series/"));
    add(
        "a directory onto a file",
        NotDirectoryException.class,
        "/series",
        "",
        s -> in(s, "d", "/series"));
    add(
        "to no directory",
        NoSuchFileException.class,
        "/x/",
        "must be an existing directory",
        s -> in(s, "f", "/x/"));
    add(
        "the pond's own folder",
        FileSystemException.class,
        "HOST/own",
        "is part of the pond itself",
        s -> {
          Files.createDirectories(s.host.resolve("own"));
          in(s, "own", "/x");
        });
    add(
        "a glob that is none",
        FileSystemException.class,
        "[",
        "not a glob: ",
        s -> copy(s, "[").in(List.of(s.host.resolve("d")), s.root(), "/x"));
  }

  private void out() {
    add("out nothing", NoSuchFileException.class, "/none", "", s -> out(s, "/none", "x"));
    add(
        "out below nothing",
        NoSuchFileException.class,
        "HOST/none",
        "",
        s -> out(s, "/full", "none/x"));
    add("out below a file", NotDirectoryException.class, "HOST/f", "", s -> out(s, "/full", "f/x"));
    add(
        "out onto a file",
        FileAlreadyExistsException.class,
        "HOST/f",
        "exists and differs; it is replaced only when asked to",
        s -> out(s, "/a/b/f", "f"));
    add(
        "out into the pond's folder",
        FileSystemException.class,
        "HOST/own/x",
        "is part of the pond itself",
        s -> out(s, "/full", "own/x"));
    add(
        "a link that the JDK cannot make",
        LinkTargetException.class,
        "HOST/l",
        "a link target with that many slashes in a row cannot be made",
        s -> new RealDisk().createSymbolicLink(s.host.resolve("l"), "a///b"));
  }
}
