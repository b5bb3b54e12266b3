package io.duckpond.protocol;

import static io.duckpond.protocol.RemotePond.bytes;
import static io.duckpond.protocol.RemotePond.changes;
import static io.duckpond.protocol.RemotePond.glob;
import static io.duckpond.protocol.RemotePond.list;
import static io.duckpond.protocol.RemotePond.read;
import static io.duckpond.protocol.RemotePond.stat;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.node.NodeType;
import io.duckpond.protocol.Payload.Node;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A pond asked over a socket, by actors of another system. */
final class PondServiceTest {
  private static final OptionalLong NOW = OptionalLong.empty();

  private final RemotePond remote = new RemotePond();

  @AfterEach
  void close() {
    remote.close();
  }

  @Test
  void changesAreOneTransactionDurableWhenAnswered() throws IOException {
    Payload.Committed committed =
        remote.value(
            changes(
                new Change.MakeDirectories("/a/b"),
                new Change.MakeDirectory("/a/c"),
                new Change.Create("/a/b/f", bytes("text")),
                new Change.Write("/a/g", bytes("1")),
                new Change.Write("/a/g", bytes("2")),
                new Change.Append("/s", bytes("piece ")),
                new Change.Append("/s", bytes("by piece")),
                new Change.Link("/a/l", "b/f"),
                new Change.Define("/page", "template", "{\"template\":\"{{content:/h}}\"}"),
                new Change.Copy("/a/b", "/copy", Change.Taken.REFUSE),
                new Change.Rename("/a/g", "/h", Change.Taken.REFUSE),
                new Change.SetAttributes("/h", 0600, 7),
                new Change.Remove("/a/c", Change.Depth.ALONE)));

    assertThat(committed.txnSeq()).isEqualTo(2);
    assertThat(committed.instant()).isBefore(remote.pond.now());
    remote.restart();
    assertThat(remote.pond.root().walk("/").keySet())
        .containsExactly("a", "a/b", "a/b/f", "a/l", "copy", "copy/f", "h", "page", "s");
    assertThat(remote.pond.text("/s")).isEqualTo("piece by piece");
    assertThat(remote.value(read("/page", NOW)).bytes().utf8String()).isEqualTo("2");
    Node node = remote.value(stat("/h"));
    assertThat(node.mode()).isEqualTo(0600);
    assertThat(node.modifiedNanos()).isEqualTo(7);
    assertThat(node.size()).hasValue(1);
  }

  @Test
  void aRefusalNamesClassPathAndReasonAndNothingIsChanged() throws IOException {
    remote.pond.put("/full/f", "text");

    Answer.Refused<?> taken =
        remote.refused(
            changes(new Change.Write("/new", bytes("")), new Change.MakeDirectory("/full")));
    Answer.Refused<?> missing = remote.refused(read("/none", NOW));
    Answer.Refused<?> loop =
        remote.refused(changes(new Change.Rename("/full", "/full/x", Change.Taken.REPLACE)));

    assertThat(taken.is(FileAlreadyExistsException.class)).isTrue();
    assertThat(taken.path()).isEqualTo("/full");
    assertThat(taken.reason()).isEqualTo("exists already");
    assertThat(missing.is(NoSuchFileException.class)).isTrue();
    assertThat(missing.path()).isEqualTo("/none");
    assertThat(loop.is(FileSystemException.class)).isTrue();
    assertThat(loop.other()).contains("/full/x");
    assertThat(remote.pond.tree()).hasSize(2);
  }

  @Test
  void aDirectoryIsListedInPartsThatFitAMessage() throws IOException {
    String deep = ("/" + "ü".repeat(120)).repeat(15);
    List<String> names =
        IntStream.range(0, 350).mapToObj(i -> "%03d".formatted(i) + "ü".repeat(126)).toList();
    remote
        .pond
        .pond()
        .transact(
            root -> {
              root.createDirectories(deep);
              for (String name : names) {
                root.createSymlink("/" + name, "a target");
                root.createSymlink(deep + "/" + name, "ü".repeat(2048));
              }
              return true;
            },
            1);

    assertThat(listed("/")).containsAll(names);
    assertThat(listed(deep)).isEqualTo(names);
    Payload.Matches matches = remote.value(glob("/**", PondProtocol.MAX_NODES));
    assertThat(matches.rest()).isEqualTo(Payload.Rest.MORE);
    assertThat(matches.matches()).isNotEmpty();
  }

  private List<String> listed(String directory) {
    List<String> names = new ArrayList<>();
    Optional<String> after = Optional.of("");
    while (after.isPresent()) {
      Payload.Listing part = remote.value(list(directory, after.get(), PondProtocol.MAX_NODES));
      part.nodes()
          .forEach(node -> names.add(node.path().substring(node.path().lastIndexOf('/') + 1)));
      after = part.next();
    }
    return names;
  }

  @Test
  void bytesComeInPartsAndFromPastStates() throws IOException {
    byte[] large = new byte[PondProtocol.MAX_BYTES];
    large[7] = 7;
    remote.value(changes(new Change.Write("/f", ByteString.fromArray(large))));
    long before = remote.pond.pond().view().txnSeq();
    remote.value(changes(new Change.Write("/f", bytes("short"))));

    Payload.Content past = remote.value(read("/f", OptionalLong.of(before)));
    Payload.Content part = remote.value(replyTo -> new PondProtocol.Read("/f", 2, 2, NOW, replyTo));

    assertThat(past.bytes().toArray()).isEqualTo(large);
    assertThat(past.node().version()).isEqualTo(1);
    assertThat(part.bytes().utf8String()).isEqualTo("or");
    assertThat(part.from()).isEqualTo(2);
    assertThat(part.node().size()).hasValue(5);
    assertThat(remote.refused(read("/f", OptionalLong.of(99))).path()).isEqualTo("transaction 99");
  }

  @Test
  void patternsAndLinksAreWhatTheyAreInTheLibrary() throws IOException {
    remote.pond.put("/a/one.txt", "1");
    remote.pond.put("/a/two.txt", "2");
    remote.value(changes(new Change.Link("/l", "a/one.txt"), new Change.Link("/broken", "none")));

    Payload.Matches matches = remote.value(glob("/*/*.txt", 1));

    assertThat(matches.matches()).hasSize(1);
    assertThat(matches.matches().get(0).captures()).containsExactly("a", "one");
    assertThat(matches.rest()).isEqualTo(Payload.Rest.MORE);
    assertThat(remote.value(glob("/*/*.txt", 2)).rest()).isEqualTo(Payload.Rest.NONE);
    assertThat(remote.refused(glob("[", 1)).reason()).startsWith("not a glob");
    assertThat(remote.value(stat("/l")).path()).isEqualTo("/a/one.txt");
    Node link =
        remote.value(replyTo -> new PondProtocol.Stat("/l", PondProtocol.Links.KEEP, NOW, replyTo));
    assertThat(link.type()).isEqualTo(NodeType.SYMLINK);
    assertThat(link.target()).contains("a/one.txt");
    assertThat(remote.refused(stat("/broken")).path()).isEqualTo("none");
    assertThat(remote.value(stat("/")).type()).isEqualTo(NodeType.DIRECTORY);
  }

  @Test
  void transactionsThatConflictAreMadeAgain() throws IOException {
    remote.pond.put("/s/count", "0");
    List<TestProbe<Answer<Payload.Committed>>> asked = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      asked.add(
          remote.tell(
              replyTo ->
                  new PondProtocol.Transact(
                      List.of(new Change.Append("/s/pieces", bytes(number + ";"))),
                      100,
                      "",
                      "",
                      replyTo)));
    }

    for (TestProbe<Answer<Payload.Committed>> probe : asked) {
      assertThat(probe.receiveMessage(Duration.ofSeconds(20))).isInstanceOf(Answer.Value.class);
    }
    assertThat(remote.pond.text("/s/pieces").split(";"))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 20).mapToObj(Integer::toString).toList());
  }

  @Test
  void failuresAreNoRefusals() throws IOException {
    remote.value(changes(new Change.Write("/f", bytes("before"))));
    remote.pond.failNextWrites(1);

    Answer<Payload.Committed> failed = remote.ask(changes(new Change.Write("/f", bytes("after"))));

    assertThat(failed).isInstanceOf(Answer.Failed.class);
    assertThat(((Answer.Failed<?>) failed).kind()).isEqualTo(Answer.Kind.FAILURE);
    remote.value(changes(new Change.Write("/f", bytes("again"))));
    assertThat(remote.pond.text("/f")).isEqualTo("again");
  }

  @Test
  void aClosedPondRefuses() {
    remote.pond.pond().close();

    assertThat(remote.refused(stat("/")).is(ClosedFileSystemException.class)).isTrue();
    assertThat(remote.refused(changes()).is(ClosedFileSystemException.class)).isTrue();
  }
}
