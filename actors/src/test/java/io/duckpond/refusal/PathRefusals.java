package io.duckpond.refusal;

import static io.duckpond.refusal.RefusalScene.text;

import io.duckpond.ReadOnlyStateException;
import io.duckpond.node.Attributes;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.ArrayList;
import java.util.List;

/** What a working directory refuses of paths, of what stands there, and of what it is to become. */
final class PathRefusals {
  private final List<Refusal> all = new ArrayList<>();

  /** What is asked of a root. */
  private interface Call {
    void on(io.duckpond.WorkingDirectory root) throws Exception;
  }

  private PathRefusals() {}

  static List<Refusal> all() {
    PathRefusals refusals = new PathRefusals();
    refusals.lookedUp();
    refusals.taken();
    refusals.ofTheWrongKind();
    refusals.moved();
    refusals.named();
    refusals.readOnly();
    return refusals.all;
  }

  private void add(
      String what, Class<? extends Throwable> type, String path, String reason, Call call) {
    all.add(new Refusal(what, type, path, reason, scene -> call.on(scene.root())));
  }

  private void lookedUp() {
    add("read nothing", NoSuchFileException.class, "/none", "", r -> r.read("/none"));
    add("read below nothing", NoSuchFileException.class, "/none/x", "", r -> r.read("/none/x"));
    add("list nothing", NoSuchFileException.class, "/a/none", "", r -> r.open("a").list("none"));
    add("remove nothing", NoSuchFileException.class, "/none", "", r -> r.remove("/none"));
    add("rename nothing", NoSuchFileException.class, "/none", "", r -> r.rename("/none", "/x"));
    add("copy nothing", NoSuchFileException.class, "/none", "", r -> r.copy("/none", "/x"));
    add("create below nothing", NoSuchFileException.class, "/none/x", "", r -> make(r, "/none/x"));
    add(
        "read a broken link",
        NoSuchFileException.class,
        "nowhere",
        "no such file, the target of link /dangling",
        r -> r.read("/dangling"));
    add("open a file", NotDirectoryException.class, "/a/b/f", "", r -> r.open("/a/b/f"));
    add("read below a file", NotDirectoryException.class, "/a/b/f", "", r -> r.read("/a/b/f/x"));
    add("create below a file", NotDirectoryException.class, "/a/b/f", "", r -> make(r, "/a/b/f/x"));
    add("read a loop", FileSystemLoopException.class, "/to", "", r -> r.read("/to"));
    add(
        "leave the root by a link",
        FileSystemException.class,
        "/a/up",
        "parent path invalid",
        r -> r.read("/a/up"));
    add("read the target of a file", NotLinkException.class, "/full", "", r -> r.readLink("/full"));
  }

  private static void make(io.duckpond.WorkingDirectory root, String path) throws Exception {
    var unused = root.createFile(path, text("new"));
  }

  private void taken() {
    Class<? extends Throwable> taken = FileAlreadyExistsException.class;
    add("create a file that is there", taken, "/full", "", r -> make(r, "/full"));
    add("create a directory that is there", taken, "/full", "", r -> r.createDirectory("/full"));
    add("create directories at a file", taken, "/series", "", r -> r.createDirectories("/series"));
    add("create a link that is there", taken, "/link", "", r -> r.createSymlink("/link", "x"));
    add("create at a broken link", taken, "/dangling", "", r -> make(r, "/dangling"));
    add("rename onto a name", taken, "/empty", "", r -> r.rename("/full", "/empty"));
    add("copy onto a name", taken, "/empty", "", r -> r.copy("/full", "/empty"));
    add("rename onto the root", taken, "/", "", r -> r.renameReplacing("/full", "/"));
    add(
        "create a dynamic node that is there",
        taken,
        "/page",
        "",
        r -> r.createDynamic("/page", "glob", "{\"pattern\":\"*\"}"));
    add(
        "remove a full directory",
        DirectoryNotEmptyException.class,
        "/full",
        "",
        r -> r.remove("/full"));
    add(
        "replace a full directory",
        DirectoryNotEmptyException.class,
        "/full",
        "",
        r -> r.renameReplacing("/empty", "/full"));
  }

  private void ofTheWrongKind() {
    Class<? extends Throwable> other = FileSystemException.class;
    add("read a directory", other, "/a", "is a directory", r -> r.read("/a"));
    add("write a directory", other, "/a", "is a directory", r -> r.write("/a", text("")));
    add(
        "read a version of a directory",
        other,
        "/a",
        "is a directory",
        r -> r.readVersion("/a", 1));
    add(
        "read a version that is none",
        other,
        "/a/b/f",
        "there is no version 7; it has 1 to 1",
        r -> r.readVersion("/a/b/f", 7));
    add(
        "append to a file",
        other,
        "/a/b/f",
        "is a file, to which nothing is appended",
        r -> r.append("/a/b/f", text("")));
    add(
        "write a series",
        other,
        "/series",
        "is a series: it is not written but appended to",
        r -> r.write("/series", text("")));
    add("remove the root", other, "/", "is the root", r -> r.removeRecursively("/"));
    add(
        "set the attributes of a chroot",
        other,
        "/",
        "its attributes stand outside of the root",
        r -> r.open("/a").chroot().setAttributes("/", new Attributes(0700, 1)));
    add(
        "a file with a slash",
        other,
        "/x",
        "a trailing slash demands a directory",
        r -> make(r, "/x/"));
    add(
        "a directory onto a file",
        NotDirectoryException.class,
        "/series",
        "",
        r -> r.renameReplacing("/empty", "/series"));
    add(
        "a file onto a directory",
        other,
        "/empty",
        "is a directory",
        r -> r.renameReplacing("/series", "/empty"));
    add(
        "copy a directory onto a file",
        NotDirectoryException.class,
        "/series",
        "",
        r -> r.copyReplacing("/full", "/series"));
    add(
        "copy a file onto a directory",
        other,
        "/empty",
        "is a directory",
        r -> r.copyReplacing("/series", "/empty"));
    add(
        "a file to a name with a slash",
        NotDirectoryException.class,
        "/x",
        "",
        r -> r.rename("/series", "/x/"));
  }

  private void moved() {
    Class<? extends Throwable> other = FileSystemException.class;
    add(
        "move into itself",
        other,
        "/a",
        "a directory cannot be moved into itself",
        r -> r.rename("/a", "/a/b/x"));
    add(
        "copy into itself",
        other,
        "/a",
        "a directory cannot be copied into itself",
        r -> r.copy("/a", "/a/b/x"));
    add(
        "copy onto its own directory",
        other,
        "/a/b",
        "it cannot be copied onto what it is in",
        r -> r.copyReplacing("/a/b", "/a"));
    add(
        "copy onto itself",
        other,
        "/a/b/f",
        "a node cannot be copied onto itself",
        r -> r.copyReplacing("/a/b/f", "/a/b/f"));
  }

  private void named() {
    Class<? extends Throwable> other = FileSystemException.class;
    String long256 = "/" + "x".repeat(256);
    add("a name of 256 bytes", other, long256, "name of 256 bytes", r -> make(r, long256));
    String umlauts = "/" + "ü".repeat(128);
    add(
        "a name of 256 bytes in 128 characters",
        other,
        umlauts,
        "name of 256 bytes",
        r -> make(r, umlauts));
    add("a name with a NUL", other, "/a/x\0y", "name with a NUL", r -> make(r, "/a/x\0y"));
    add("half a character", other, "/\ud83d", "name that is not Unicode", r -> make(r, "/\ud83d"));
    add("the other half", other, "/\udd86x", "name that is not Unicode", r -> r.read("/\udd86x"));
    String deep = "/d".repeat(2049);
    add("a path of 4098 bytes", other, deep, "path of 4098 bytes", r -> r.exists(deep));
    add("a link to nothing", other, "/x", "link target without", r -> r.createSymlink("/x", ""));
    add("a link to NUL", other, "/x", "link target with a NUL", r -> r.createSymlink("/x", "\0"));
    add(
        "a link to half a character",
        other,
        "/x",
        "link target that is not Unicode text",
        r -> r.createSymlink("/x", "\udd86"));
    add(
        "a link to too much",
        other,
        "/x",
        "link target of 4097 bytes",
        r -> r.createSymlink("/x", "x".repeat(4097)));
    for (String glob : List.of("", "[", "{a", "a\\", "[b-a]", "*/../x", "{a/b}", "\ud83d")) {
      add("glob " + glob, other, glob, "not a glob: ", r -> r.glob(glob).close());
    }
  }

  private void readOnly() {
    Attributes attributes = new Attributes(0, 0);
    committed("create a file", "/x", r -> make(r, "/x"));
    committed("write", "/a/b/f", r -> r.open("a").write("b/f", text("")));
    committed("append", "/series", r -> r.append("/series", text("")));
    committed("create a directory", "/x", r -> r.createDirectory("/x"));
    committed("create directories", "/a/b", r -> r.createDirectories("/a/b"));
    committed("link", "/x", r -> r.createSymlink("/x", "y"));
    committed("define", "/x", r -> r.createDynamic("/x", "glob", "{\"pattern\":\"*\"}"));
    committed("redefine", "/self", r -> r.redefine("/self", "glob", "{\"pattern\":\"*\"}"));
    committed("rename", "/a", r -> r.rename("/a", "/x"));
    committed("copy", "/x", r -> r.copy("/a", "/x"));
    committed("replace by a copy", "/empty", r -> r.copyReplacing("/a", "/empty"));
    committed("remove", "/empty", r -> r.remove("/empty"));
    committed("remove all", "/a", r -> r.removeRecursively("/a"));
    committed("set attributes", "/a", r -> r.setAttributes("/a", attributes));
    committed("touch", "/a", r -> r.touch("/a"));
  }

  private void committed(String what, String path, Call call) {
    all.add(
        new Refusal(
            what + " in a committed state",
            ReadOnlyStateException.class,
            path,
            "a committed state cannot be changed",
            scene -> call.on(scene.past())));
  }
}
