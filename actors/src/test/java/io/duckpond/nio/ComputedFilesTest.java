package io.duckpond.nio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.duckpond.Transaction;
import io.duckpond.WorkingDirectory;
import io.duckpond.dynamic.ImmutableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers of any kind see what is computed, never its definition. */
final class ComputedFilesTest {
  @TempDir private Path host;
  private MemoryPond pond;

  @BeforeEach
  void make() throws IOException {
    pond = new MemoryPond();
    Files.writeString(host.resolve("f"), "of the host");
    WorkingDirectory root = pond.pond().root();
    root.createDynamic("/page", "template", "{\"template\":\"computed {{type:/}}\"}");
    root.createDynamic("/host", "host", "{\"directory\":\"" + host + "\"}");
  }

  @AfterEach
  void close() throws IOException {
    pond.close();
  }

  private static String range(WorkingDirectory root, String path, long from, long to)
      throws IOException {
    try (InputStream in = root.readRange(path, from, to)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void rangesAreOfWhatIsComputed() throws IOException {
    WorkingDirectory root = pond.pond().root();

    assertThat(range(root, "/page", 0, 8)).isEqualTo("computed");
    assertThat(range(root, "/page", 9, 100)).isEqualTo("directory");
    assertThat(range(root, "/page", 100, 200)).isEmpty();
    assertThat(range(root, "/host/f", 3, 6)).isEqualTo("the");
  }

  @Test
  void streamsAndChannelsReadWhatIsComputed() throws IOException {
    for (Path file : new Path[] {pond.path("/page"), pond.path("/host/f")}) {
      String whole = new String(pond.pond().root().readBytes(file.toString()), UTF_8);

      assertThat(Files.readString(file)).isEqualTo(whole);
      try (InputStream in = Files.newInputStream(file)) {
        assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(whole);
      }
      try (FileChannel channel = FileChannel.open(file)) {
        ByteBuffer three = ByteBuffer.allocate(3);
        channel.read(three, 3);
        assertThat(new String(three.array(), UTF_8)).isEqualTo(whole.substring(3, 6));
        assertThat(channel.size()).isEqualTo(whole.length());
      }
    }
    assertThat(Files.size(pond.path("/host/f"))).isEqualTo("of the host".length());
    try (Transaction transaction = pond.pond().begin();
        FileSystem own = PondFileSystems.of(transaction)) {
      assertThat(Files.readString(own.getPath("/page"))).isEqualTo("computed directory");
    }
  }

  @Test
  void nothingComputedIsWritten() {
    for (String path : new String[] {"/page", "/host/f"}) {
      assertThatExceptionOfType(ImmutableException.class)
          .isThrownBy(() -> Files.newByteChannel(pond.path(path), StandardOpenOption.WRITE).close())
          .satisfies(refusal -> assertThat(refusal.getFile()).isEqualTo(path));
    }
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> Files.readString(pond.path("/host")))
        .withMessageContaining("is a directory");
  }
}
