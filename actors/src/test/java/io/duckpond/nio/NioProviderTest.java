package io.duckpond.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do with a pond that only know the JDK: open it, copy to it and from it. */
class NioProviderTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_234_567_890_123L);

  @TempDir private Path host;
  private MemoryPond pond;

  @BeforeEach
  void create() throws IOException {
    pond = new MemoryPond();
  }

  @AfterEach
  void close() throws IOException {
    pond.close();
  }

  @Test
  void aPondIsMadeAndFoundByItsUri() throws IOException {
    URI uri = URI.create("pond:" + host.resolve("a pond").toUri().getRawPath() + "!/");
    try (FileSystem made = FileSystems.newFileSystem(uri, Map.of("create", "true"))) {
      Files.writeString(made.getPath("/f"), "text");

      assertThat(Files.readString(Path.of(URI.create(uri + "f")))).isEqualTo("text");
      assertThat(FileSystems.getFileSystem(uri)).isSameAs(made);
      assertThatThrownBy(() -> FileSystems.newFileSystem(uri, Map.of()))
          .isInstanceOf(FileSystemAlreadyExistsException.class);
    }

    assertThatThrownBy(() -> Path.of(uri)).isInstanceOf(FileSystemNotFoundException.class);
    try (FileSystem past = FileSystems.newFileSystem(URI.create(uri + "?as-of=1"), Map.of())) {
      assertThat(Files.exists(past.getPath("/f"))).isFalse();
    }
  }

  @Test
  void aPondIsOpenedByItsFolder() throws IOException {
    Path folder = host.resolve("pond");
    try (FileSystem made = FileSystems.newFileSystem(folder, Map.of("create", "true"))) {
      Files.writeString(made.getPath("/f"), "text");
    }

    try (FileSystem again = FileSystems.newFileSystem(folder)) {
      assertThat(Files.readString(again.getPath("/f"))).isEqualTo("text");
    }
    assertThatThrownBy(() -> pond.fileSystem().provider().newFileSystem(host, Map.of()))
        .isInstanceOf(UnsupportedOperationException.class); // so that others are asked
  }

  @Test
  void filesGoToAnotherProviderAndBack() throws IOException {
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix())) {
      for (Path other : List.of(host, jimfs.getPath("/"))) {
        Path there = other.resolve("there");
        Path here = pond.path("/here");
        Files.writeString(there, "text");
        Files.setLastModifiedTime(there, LONG_AGO);

        Files.copy(there, here, StandardCopyOption.COPY_ATTRIBUTES);
        assertThatThrownBy(() -> Files.copy(there, here))
            .isInstanceOf(FileAlreadyExistsException.class);
        Files.delete(there);
        Files.move(here, there);

        assertThat(Files.readString(there)).isEqualTo("text");
        assertThat(Files.getLastModifiedTime(there)).isEqualTo(LONG_AGO);
        assertThat(Files.exists(here)).isFalse();
      }
    }
  }

  @Test
  void severalThreadsShareAFileSystem() throws Exception {
    int threads = 4;
    int files = 4;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      String own = "/own-" + i + "-";
      tasks.add(
          () -> {
            int won = 0;
            for (int file = 0; file < files; file++) {
              Files.writeString(pond.path(own + file), own);
              won += creates(pond.path("/shared-" + file)) ? 1 : 0;
            }
            return won;
          });
    }

    int won = 0;
    for (Future<Integer> each : pool.invokeAll(tasks)) {
      won += each.get();
    }
    pool.shutdown();

    assertThat(won).isEqualTo(files);
    assertThat(names("/")).hasSize(files + threads * files);
  }

  private static boolean creates(Path file) throws IOException {
    try {
      Path unused = Files.createFile(file);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private List<String> names(String directory) throws IOException {
    try (Stream<Path> paths = Files.list(pond.path(directory))) {
      return paths.map(path -> path.getFileName().toString()).toList();
    }
  }
}
