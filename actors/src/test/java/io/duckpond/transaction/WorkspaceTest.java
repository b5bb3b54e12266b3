package io.duckpond.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.duckpond.WorkingDirectory;
import io.duckpond.journal.disk.RealDisk;
import io.duckpond.node.Attributes;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a workspace shows, and what its changes come to. */
class WorkspaceTest {

  private final Scene scene = Scene.empty();
  private final WorkingDirectory root = scene.root;

  @Test
  void definingScenarioIsTwoOperationsAndTwoRows() throws IOException {
    root.touch("/A");
    root.createSymlink("/B", "/A");

    assertThat(scene.workspace.operations()).isEqualTo(2);
    assertThat(scene.workspace.dirty()).containsExactly("/A", "/B");
    Changes changes = scene.workspace.changes();
    assertThat(changes.pin()).isEqualTo(1);
    assertThat(changes.operations()).isEqualTo(2);
    assertThat(changes.directories()).hasSize(1);
    assertThat(changes.directories().get(0).contents())
        .hasExactlyElementsOfTypes(OplogEntry.SmallFile.class, OplogEntry.Link.class);
  }

  @Test
  void changesAreSeenInTheWorkspaceAndNotInThePin() throws IOException {
    scene.file("/d/f", "old").commit();

    root.write("/d/f", Scene.bytes("new"));

    assertThat(scene.text("/d/f")).isEqualTo("new");
    assertThat(new String(TreeWorkingDirectory.of(scene.pin).readBytes("/d/f"), UTF_8))
        .isEqualTo("old");
  }

  @Test
  void whatIsUndoneIsNoChange() throws IOException {
    scene.file("/f", "kept").file("/d/g").commit();
    Attributes before = root.metadata("/f").attributes();

    root.touch("/new");
    root.remove("/new");
    root.createDirectories("/x/y/z");
    root.write("/x/y/f", Scene.bytes("gone with it"));
    root.removeRecursively("/x");
    root.touch("/f");
    root.setAttributes("/f", before);
    root.rename("/d/g", "/g");
    root.rename("/g", "/d/g");
    root.rename("/d", "/e");
    root.rename("/e", "/d");

    assertThat(scene.changes()).isEmpty();
    Changes changes = scene.workspace.changes();
    assertThat(changes.directories()).isEmpty();
    assertThat(changes.removed()).isEmpty();
    assertThat(changes.moved()).isEmpty();
    assertThat(scene.workspace.dirty()).isEmpty();
    assertThat(scene.workspace.operations()).isEqualTo(11);
  }

  @Test
  void callThatChangesNothingIsNoOperation() throws IOException {
    scene.file("/d/f").commit();

    root.createDirectories("/d");
    root.setAttributes("/d/f", root.metadata("/d/f").attributes());
    root.rename("/d/f", "/d/f");
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> root.remove("/d"));

    assertThat(scene.workspace.operations()).isZero();
    assertThat(scene.changes()).isEmpty();
  }

  @Test
  void severalWritesOfOneFileAreOneVersion() throws IOException {
    scene.file("/f", "one").commit();
    ContentLocator place = ((Entry.File) root.metadata("/f")).content();

    root.write("/f", Scene.bytes("two"));
    root.write("/f", Scene.bytes("three"));

    Entry.File file = (Entry.File) root.metadata("/f");
    assertThat(file.version()).isEqualTo(2);
    assertThat(scene.text("/f")).isEqualTo("three");
    Changes.OfDirectory top = scene.workspace.changes().directories().get(0);
    assertThat(top.contents()).hasSize(1);
    assertThat(top.names())
        .singleElement()
        .satisfies(
            name -> {
              assertThat(name.change()).isEqualTo(new DirectoryEntry.Put(new EntryName("f"), file));
              assertThat(name.seen())
                  .get()
                  .isInstanceOfSatisfying(
                      Entry.File.class,
                      seen -> {
                        assertThat(seen.version()).isEqualTo(1);
                        assertThat(seen.content()).isEqualTo(place);
                      });
            });
  }

  @Test
  void equalContentIsANewVersionAllTheSame() throws IOException {
    scene.file("/f", "same").commit();

    root.write("/f", Scene.bytes("same"), root.metadata("/f").attributes());

    assertThat(scene.commit().root.metadata("/f").version()).isEqualTo(2);
  }

  @Test
  void removedAndCreatedAgainIsAnotherNodeInOnePut() throws IOException {
    scene.file("/f").commit();
    Entry before = root.metadata("/f");

    root.remove("/f");
    root.write("/f", Scene.bytes("other"));

    assertThat(scene.changes()).containsExactly("put /f");
    assertThat(names("/"))
        .singleElement()
        .extracting(Changes.OfName::seen)
        .isEqualTo(Optional.of(before));
    assertThat(root.metadata("/f").child()).isNotEqualTo(before.child());
    assertThat(root.metadata("/f").version()).isEqualTo(1);
  }

  @Test
  void movedNodeKeepsIdVersionsAndPlaceOfItsContent() throws IOException {
    scene.file("/a/f", "text").directory("/b").commit();
    Entry before = root.metadata("/a/f");
    NodeId a = root.metadata("/a").child();
    NodeId b = root.metadata("/b").child();

    root.rename("/a/f", "/b/g");

    assertThat(root.metadata("/b/g")).isEqualTo(before);
    assertThat(names("/a"))
        .containsExactly(
            new Changes.OfName(
                new DirectoryEntry.MovedOut(new EntryName("f"), before, b, new EntryName("g")),
                Optional.of(before)));
    assertThat(names("/b"))
        .containsExactly(
            new Changes.OfName(
                new DirectoryEntry.MovedIn(new EntryName("g"), before, a, new EntryName("f")),
                Optional.empty()));
    assertThat(scene.workspace.changes().directories())
        .allSatisfy(directory -> assertThat(directory.contents()).isEmpty());
    scene.commit();
    assertThat(scene.text("/b/g")).isEqualTo("text");
  }

  @Test
  void fileMovedAfterAWriteTakesItsRowAlong() throws IOException {
    scene.file("/a/f", "text").directory("/b").commit();

    root.write("/a/f", Scene.bytes("more"));
    root.rename("/a/f", "/b/f");

    assertThat(directory("/a").contents()).isEmpty();
    assertThat(directory("/b").contents()).hasExactlyElementsOfTypes(OplogEntry.SmallFile.class);
    assertThat(scene.commit().text("/b/f")).isEqualTo("more");
    assertThat(root.metadata("/b/f").version()).isEqualTo(2);
  }

  @Test
  void namesThatSwapAreTwoMoves() throws IOException {
    scene.file("/x").file("/y").commit();

    root.rename("/x", "/t");
    root.rename("/y", "/x");
    root.rename("/t", "/y");

    assertThat(scene.changes()).containsExactly("movedin /x", "movedin /y");
    scene.commit();
    assertThat(scene.text("/x")).isEqualTo("/y");
  }

  @Test
  void nodeCreatedAndMovedIsAPutAtItsFinalPlace() throws IOException {
    scene.directory("/b").commit();

    scene.file("/f").link("/l", "f").file("/d/deep/g");
    root.rename("/f", "/b/f");
    root.rename("/l", "/b/l");
    root.rename("/d", "/b/d");

    assertThat(scene.changes())
        .containsExactly("put /b/d", "put /b/d/deep", "put /b/d/deep/g", "put /b/f", "put /b/l");
    assertThat(scene.workspace.changes().moved()).isEmpty();
    assertThat(directory("/b").contents()).hasSize(2);
  }

  @Test
  void nodeMovedIntoANewbornDirectoryIsMovedIn() throws IOException {
    scene.file("/d/f").commit();

    root.createDirectory("/new");
    root.rename("/d", "/new/d");

    assertThat(scene.changes()).containsExactly("movedin /new/d", "movedout /d", "put /new");
    assertThat(scene.workspace.changes().moved())
        .containsExactly(
            new Changes.Move(
                root.metadata("/new/d").child(), root.metadata("/new").child(), "/new/d"));
  }

  @Test
  void newbornDirectoryIsThereEvenWithoutNames() throws IOException {
    root.createDirectory("/d");

    assertThat(directory("/d").newborn()).isTrue();
    assertThat(directory("/d").names()).isEmpty();
    assertThat(scene.commit().root.list("/d")).isEmpty();
  }

  @Test
  void renameWithinADirectoryMovesNoDirectoryToAnotherParent() throws IOException {
    scene.file("/d/f").commit();

    root.rename("/d", "/e");
    root.write("/e/g", Scene.bytes(""));

    assertThat(scene.changes()).containsExactly("movedin /e", "movedout /d", "put /e/g");
    assertThat(scene.workspace.changes().moved()).isEmpty();
  }

  @Test
  void recursiveRemovalIsOneChangeAndForgetsWhatWasDoneBelow() throws IOException {
    scene.file("/d/e/f").file("/g").commit();
    NodeId d = root.metadata("/d").child();

    root.write("/d/e/f", Scene.bytes("in vain"));
    root.rename("/g", "/d/g");
    root.removeRecursively("/d");

    assertThat(scene.changes()).containsExactly("remove /d", "remove /g");
    assertThat(scene.workspace.changes().removed())
        .containsExactly(new Changes.Removal(d, "/d", true));
    assertThat(scene.commit().root.list("/")).isEmpty();
  }

  @Test
  void directoryThatGoesWithTheOneItWasMovedIntoIsRemovedToo() throws IOException {
    scene.file("/x/f").directory("/d").directory("/y").commit();
    NodeId x = root.metadata("/x").child();
    NodeId y = root.metadata("/y").child();
    NodeId d = root.metadata("/d").child();

    root.rename("/x", "/d/x");
    root.createDirectory("/new");
    root.rename("/y", "/new/y");
    root.removeRecursively("/new");
    root.removeRecursively("/d");

    assertThat(scene.changes()).containsExactly("remove /d", "remove /x", "remove /y");
    assertThat(scene.workspace.changes().moved()).isEmpty();
    assertThat(scene.workspace.changes().removed())
        .extracting(Changes.Removal::directory)
        .containsExactlyInAnyOrder(d, x, y);
  }

  @Test
  void removalOfADirectoryEmptiedHereAllowsWhatThePinHad() throws IOException {
    scene.file("/d/f").directory("/e").commit();
    NodeId d = root.metadata("/d").child();
    NodeId e = root.metadata("/e").child();

    root.remove("/d/f");
    root.remove("/d");
    root.remove("/e");

    assertThat(scene.workspace.changes().removed())
        .containsExactly(new Changes.Removal(d, "/d", true), new Changes.Removal(e, "/e", false));
  }

  @Test
  void whatWasMovedOutSurvivesTheRemovalOfWhereItWas() throws IOException {
    scene.file("/d/sub/f", "text").commit();

    root.rename("/d/sub", "/sub");
    root.removeRecursively("/d");

    assertThat(scene.changes()).containsExactly("movedin /sub", "remove /d");
    assertThat(scene.commit().text("/sub/f")).isEqualTo("text");
  }

  @Test
  void rootKeepsItsAttributesItself() throws IOException {
    root.setAttributes("/", new Attributes(0700, 5));

    assertThat(root.metadata("/").attributes()).isEqualTo(new Attributes(0700, 5));
    assertThat(directory("/").own()).contains(new Attributes(0700, 5));
    assertThat(scene.workspace.dirty()).containsExactly("/");
    assertThat(scene.commit().root.metadata("/").attributes().mode()).isEqualTo(0700);
  }

  @Test
  void smallContentsBeyondTheThresholdAreStagedAllOfThem() throws IOException {
    Scene small = Scene.staging(10);

    small.file("/d/a", "12345").file("/d/b", "67890");
    assertThat(small.stagings).isEmpty();
    small.file("/d/c", "x").file("/d/empty", "");

    assertThat(small.stagings.get(0).rows).hasSize(4);
    assertThat(small.text("/d/a") + small.text("/d/b") + small.text("/d/c"))
        .isEqualTo("1234567890x");
    Changes changes = small.workspace.changes();
    assertThat(changes.staging()).isSameAs(small.stagings.get(0));
    assertThat(changes.bytes()).isEqualTo(11);
    assertThat(changes.directories())
        .allSatisfy(directory -> assertThat(directory.contents()).isEmpty());
    assertThat(changes.directories().get(1).names())
        .allSatisfy(
            name ->
                assertThat(((Entry.File) name.change().entry()).content())
                    .isInstanceOf(ContentLocator.Logged.class));
  }

  @Test
  void memoryCountsOnlyWhatIsStillThere() throws IOException {
    Scene small = Scene.staging(10);

    for (int i = 0; i < 10; i++) {
      small.file("/a", "1234567890");
      small.file("/d/x", "");
      small.root.remove("/a");
      small.root.removeRecursively("/d");
    }

    assertThat(small.stagings).isEmpty();
  }

  @Test
  void stagedFileIsReadBackAndRewritten() throws IOException {
    Scene small = Scene.staging(3);

    small.file("/f", "first").file("/f", "second");

    assertThat(small.text("/f")).isEqualTo("second");
    assertThat(small.root.metadata("/f").version()).isEqualTo(1);
    assertThat(small.commit().text("/f")).isEqualTo("second");
  }

  @Test
  void resetDropsChangesAndWhatWasStaged() throws IOException {
    Scene small = Scene.staging(3);
    small.file("/f", "staged");

    small.workspace.reset(small.pin);

    assertThat(small.stagings.get(0).closed).isTrue();
    assertThat(small.root.list("/")).isEmpty();
    assertThat(small.workspace.operations()).isZero();
    assertThat(small.workspace.changes().bytes()).isZero();
    small.file("/g", "more");
    assertThat(small.stagings).hasSize(2);
  }

  @Test
  void largeContentIsARowOfItsDirectory(@TempDir Path directory) throws IOException {
    Scene large = Scene.on(new RealDisk(), directory.resolve("contents"));
    String text = "x".repeat(5000);

    large.file("/d/f", text);

    assertThat(large.text("/d/f")).isEqualTo(text);
    Changes.OfDirectory parent = large.workspace.changes().directories().get(1);
    assertThat(parent.contents())
        .singleElement()
        .isInstanceOfSatisfying(
            OplogEntry.LargeFile.class, row -> assertThat(row.size()).isEqualTo(5000));
    assertThat(((Entry.File) parent.names().get(0).change().entry()).content())
        .isEqualTo(ContentLocator.Pending.PENDING);
  }

  private Changes.OfDirectory directory(String path) {
    return scene.workspace.changes().directories().stream()
        .filter(directory -> directory.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private List<Changes.OfName> names(String path) {
    return directory(path).names();
  }
}
