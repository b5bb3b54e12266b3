package io.duckpond.refusal;

import static io.duckpond.refusal.RefusalScene.text;

import io.duckpond.CheckMode;
import io.duckpond.ConflictException;
import io.duckpond.Pond;
import io.duckpond.PondCheck;
import io.duckpond.PondSettings;
import io.duckpond.PondView;
import io.duckpond.Progress;
import io.duckpond.Transaction;
import io.duckpond.TransactionExpiredException;
import io.duckpond.TransactionOptions;
import io.duckpond.dynamic.DynamicNodeException;
import io.duckpond.dynamic.ImmutableException;
import io.duckpond.dynamic.VisitLoopException;
import io.duckpond.transaction.Savepoint;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What ponds, transactions, past states and computed nodes refuse. */
final class PondRefusals extends RefusalList {
  private PondRefusals() {
    super("");
  }

  static List<Refusal> all() {
    PondRefusals refusals = new PondRefusals();
    refusals.transactions();
    refusals.states();
    refusals.computed();
    refusals.ponds();
    return refusals.listed();
  }

  private void transactions() {
    add(
        "a name that another transaction took",
        ConflictException.class,
        "/mine",
        "another transaction has changed it",
        scene -> {
          try (Transaction late = scene.pond().begin()) {
            late.root().createDirectory("/mine");
            scene.kit.put("/mine", "another's");
            late.commit();
          } finally {
            scene.pond().root().remove("/mine");
          }
        });
    add(
        "what a serializable transaction read",
        ConflictException.class,
        "/seen",
        "another transaction has changed what was read there",
        scene -> {
          try (Transaction late = scene.pond().begin(TransactionOptions.DEFAULT.serializable())) {
            late.root().exists("/seen");
            late.root().createDirectory("/other");
            scene.kit.put("/seen", "now");
            late.commit();
          } finally {
            scene.pond().root().remove("/seen");
          }
        });
    add(
        "a call when time is up",
        TransactionExpiredException.class,
        "",
        "the transaction was open for more than 1000 ms",
        scene -> {
          Duration allowed = Duration.ofSeconds(1);
          try (Transaction slow = scene.pond().begin(TransactionOptions.DEFAULT.atMost(allowed))) {
            scene.kit.putClockForward(Duration.ofSeconds(2));
            slow.root();
          }
        });
    add(
        "a call on a transaction that was closed",
        ClosedFileSystemException.class,
        "",
        "",
        scene -> {
          scene.transaction().close();
          scene.transaction().root();
        });
    add(
        "a call on a directory of a transaction that was closed",
        ClosedFileSystemException.class,
        "",
        "",
        scene -> {
          var root = scene.root();
          scene.transaction().close();
          root.list("/");
        });
    add(
        "a call on a pond that was closed",
        ClosedFileSystemException.class,
        "",
        "",
        scene -> {
          scene.pond().close();
          scene.pond().view();
        });
    add(
        "a stale savepoint",
        FileSystemException.class,
        "/",
        "the savepoint is stale",
        scene -> {
          Savepoint before = scene.transaction().savepoint();
          scene.transaction().rollback();
          scene.transaction().rollbackTo(before);
        });
  }

  private void states() {
    Class<? extends Throwable> other = FileSystemException.class;
    add("a state to come", other, "transaction 999", "there is none", s -> s.kit.asOf(999));
    add("state 0", other, "transaction 0", "there is none", s -> s.kit.asOf(0));
    String future = "2999-01-01T00:00:00Z";
    add("the future", other, future, "this is in", s -> s.kit.asOf(Instant.parse(future)));
    String past = "1999-01-01T00:00:00Z";
    add("long ago", other, past, "the pond is not", s -> s.kit.asOf(Instant.parse(past)));
    add(
        "to revert what never was",
        NoSuchFileException.class,
        "/never",
        "",
        scene -> scene.root().revert(List.of("/never"), scene.kit.pond().asOf(1)));
    add(
        "to revert to what came later",
        other,
        "/a",
        "this transaction began before transaction ",
        scene -> {
          try (Transaction early = scene.pond().begin()) {
            scene.pond().root().createDirectory("/later");
            scene.pond().root().remove("/later");
            early.root().revert(List.of("/a"), scene.pond().view());
          }
        });
    add(
        "a version of a directory",
        other,
        "/a",
        "not a file: it has no versions",
        scene -> scene.pond().history().open("/a", 1));
    add(
        "a version that is none",
        other,
        "/a/b/f",
        "there is no version 9; it has 1 to 1",
        scene -> scene.pond().history().open("/a/b/f", 9));
    add(
        "a piece that is none",
        other,
        "/series",
        "there is no version 9; it has 1 to 1",
        scene -> scene.pond().history().open("/series", 9));
    add(
        "the history of nothing",
        NoSuchFileException.class,
        "/never",
        "",
        scene -> scene.pond().history().open("/never", 1));
    add(
        "the history of what was above nothing",
        other,
        "/never/../x",
        "cannot go up from what is no more",
        scene -> scene.pond().history().open("/never/../x", 1));
    add(
        "what differs at a path of neither state",
        NoSuchFileException.class,
        "/never",
        "",
        scene -> {
          PondView now = scene.pond().view();
          scene.pond().diff(scene.pond().asOf(1), now, "/never");
        });
  }

  private void computed() {
    Class<? extends Throwable> immutable = ImmutableException.class;
    String reason = "immutable: it is computed";
    add("create in it", immutable, "/mirror/x", reason, s -> s.root().createDirectory("/mirror/x"));
    add(
        "remove from it",
        immutable,
        "/mirror/dlihc",
        reason,
        s -> s.root().remove("/mirror/dlihc"));
    add("write it", immutable, "/page", reason, s -> s.root().write("/page", text("")));
    add("move into it", immutable, "/mirror/x", reason, s -> s.root().rename("/a", "/mirror/x"));
    add(
        "a node that lists itself",
        VisitLoopException.class,
        "/self",
        "visit loop",
        scene -> scene.root().list("/self"));
    add(
        "a factory that fails",
        DynamicNodeException.class,
        "/broken",
        "factory 'reversed' failed: out of order",
        scene -> scene.root().list("/broken"));
    Class<? extends Throwable> other = FileSystemException.class;
    add(
        "the definition of a file",
        other,
        "/a/b/f",
        "is no dynamic node",
        scene -> scene.root().definition("/a/b/f"));
    add(
        "a factory that is none",
        other,
        "/x",
        "no factory 'none'; there are ",
        scene -> scene.root().createDynamic("/x", "none", "{}"));
    add(
        "a definition that is none",
        other,
        "/x",
        "factory 'glob' refuses the configuration: ",
        scene -> scene.root().createDynamic("/x", "glob", "{"));
    add(
        "a directory made a file",
        other,
        "/self",
        "is a dynamic-directory, the factory makes none",
        scene -> scene.root().redefine("/self", "template", "{\"template\":\"\"}"));
    add(
        "a computed node copied",
        other,
        "/outside/f",
        "is computed: it can be copied out of the pond only",
        scene -> scene.root().copy("/outside/f", "/x"));
  }

  private void ponds() {
    PondSettings settings = PondSettings.load();
    add(
        "to open no pond",
        NoSuchFileException.class,
        "HOST/d",
        "no pond there",
        scene -> Pond.open(scene.host.resolve("d"), settings).close());
    add(
        "to check no pond",
        NoSuchFileException.class,
        "HOST/d",
        "no pond there",
        scene -> PondCheck.run(scene.host.resolve("d"), CheckMode.DEEP, Progress.NONE));
    add(
        "to make a pond of a file",
        NotDirectoryException.class,
        "HOST/f",
        "",
        scene -> Pond.create(scene.host.resolve("f"), settings).close());
    add(
        "to make a pond where something is",
        DirectoryNotEmptyException.class,
        "HOST",
        "",
        scene -> Pond.create(scene.host, settings).close());
    add(
        "to make a pond of a pond",
        FileAlreadyExistsException.class,
        "HOST/d/pond",
        "a pond is there already",
        scene -> {
          Pond.create(scene.host.resolve("d/pond"), settings).close();
          Pond.create(scene.host.resolve("d/pond"), settings).close();
        });
  }
}
