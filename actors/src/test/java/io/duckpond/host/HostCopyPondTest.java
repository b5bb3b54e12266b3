package io.duckpond.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.CommitResult;
import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.Progress;
import io.duckpond.Transaction;
import io.duckpond.WorkingDirectory;
import io.duckpond.host.HostCopyOptions.Flag;
import io.duckpond.journal.disk.RealDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostCopyPondTest {
  @TempDir private Path folder;
  private Path pondFolder;
  private Path source;

  @BeforeEach
  void makeTree() throws IOException {
    pondFolder = folder.resolve("pond");
    source = Files.createDirectory(folder.resolve("tree"));
    for (String directory : List.of("a/b/c", "a/d", "e")) {
      Files.createDirectories(source.resolve(directory));
      Files.writeString(source.resolve(directory).resolve("small"), directory);
      Files.write(
          source.resolve(directory).resolve("large"), new byte[100_000 + directory.length()]);
    }
    Files.createSymbolicLink(source.resolve("a/link"), Path.of("b/c/small"));
  }

  @Test
  void aCommittedTreeComesBackAfterReopeningAndACopyOfItIsNoTransaction() throws IOException {
    try (Pond pond = Pond.create(pondFolder, PondSettings.load())) {
      copyIn(pond);
    }

    try (Pond pond = Pond.open(pondFolder, PondSettings.load())) {
      copy().out(List.of("/tree"), pond.view().root(), folder.resolve("back"));
      CommitResult again = copyIn(pond);

      assertThat(bytes(folder.resolve("back"))).isEqualTo(bytes(source));
      assertThat(again.operations()).isZero();
      assertThat(pond.view().txnSeq()).isEqualTo(2);
    }
  }

  @Test
  void onlyWhatChangedGetsAVersionAndOldStatesCanBeCopiedOut() throws IOException {
    try (Pond pond = Pond.create(pondFolder, PondSettings.load())) {
      copyIn(pond);
      Map<String, String> before = bytes(source);
      Files.writeString(source.resolve("a/b/c/small"), "changed");
      Files.write(source.resolve("e/large"), new byte[70_000]);

      copyIn(pond);

      WorkingDirectory root = pond.view().root();
      assertThat(root.metadata("/tree/a/b/c/small").version()).isEqualTo(2);
      assertThat(root.metadata("/tree/e/large").version()).isEqualTo(2);
      assertThat(root.metadata("/tree/a/d/large").version()).isEqualTo(1);
      copy().out(List.of("/tree"), pond.asOf(2).root(), folder.resolve("old"));
      copy().out(List.of("/tree"), root, folder.resolve("new"));
      assertThat(bytes(folder.resolve("old"))).isEqualTo(before);
      assertThat(bytes(folder.resolve("new"))).isEqualTo(bytes(source));
    }
  }

  @Test
  void whatWasLoadedBelowADirectoryNeedsTheLogNoMore() throws IOException {
    try (Pond pond = Pond.create(pondFolder, PondSettings.load())) {
      copyIn(pond);
    }
    try (Pond pond = Pond.open(pondFolder, PondSettings.load())) {
      WorkingDirectory root = pond.view().root();
      root.loadBelow("/tree/a");
      root.load(List.of("/tree/e", "/tree"));

      try (Stream<Path> files = Files.list(pondFolder.resolve("oplog"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.delete(file);
        }
      }

      assertThat(root.walk("/tree").keySet())
          .contains("a/b/c/small", "a/d/large", "a/link", "e/small");
    }
  }

  @Test
  void aChangedTreeSeesWhatItLoads() throws IOException {
    try (Pond pond = Pond.create(pondFolder, PondSettings.load())) {
      copyIn(pond);
      try (Transaction transaction = pond.begin()) {
        WorkingDirectory root = transaction.root();
        root.createDirectories("/tree/a/new/below");
        root.rename("/tree/a/b", "/tree/e/b");

        root.loadBelow("/tree");

        assertThat(root.walk("/tree").keySet()).contains("a/new/below", "e/b/c/small");
      }
    }
  }

  private CommitResult copyIn(Pond pond) throws IOException {
    try (Transaction transaction = pond.begin()) {
      copy().in(List.of(source), transaction.root(), "/");
      return transaction.commit();
    }
  }

  private HostCopy copy(Flag... flags) {
    return new HostCopy(
        new RealDisk(),
        new HostCopyOptions(Set.of(flags), List.of(), Set.of(pondFolder)),
        Progress.NONE);
  }

  private static Map<String, String> bytes(Path top) throws IOException {
    Map<String, String> found = new HashMap<>();
    try (Stream<Path> all = Files.walk(top)) {
      for (Path path : all.toList()) {
        String name = top.relativize(path).toString();
        if (Files.isSymbolicLink(path)) {
          found.put(name, "-> " + Files.readSymbolicLink(path));
        } else if (Files.isRegularFile(path)) {
          found.put(name, HostDigest.of(new RealDisk(), path).hex());
        } else {
          found.put(name, "directory");
        }
      }
    }
    return found;
  }
}
