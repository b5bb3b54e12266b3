package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.ConfigFactory;
import io.duckpond.journal.disk.Machine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A pond on a set clock, for tests of its transactions. */
abstract class TransactionScene {
  static final TransactionOptions OPTIONS = TransactionOptions.DEFAULT;
  static final TransactionOptions SERIALIZABLE = OPTIONS.serializable();
  static final PondSettings SETTINGS =
      PondSettings.from(
          ConfigFactory.parseString("pond.transaction.staging-threshold = 100")
              .withFallback(ConfigFactory.load()));

  @TempDir Path temporary;
  final SetClock clock = new SetClock();
  Pond pond;

  static final class SetClock extends Clock {
    private volatile Instant now = Instant.parse("2024-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    void pass(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void create() throws IOException {
    Machine real = Machine.real();
    Machine machine = new Machine(real.disk(), clock, real.random(), real.threads());
    pond =
        Pond.create(machine, temporary.resolve("pond"), SETTINGS, new CommitInfo("init", "", ""));
  }

  @AfterEach
  void close() {
    pond.close();
  }

  static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  static String read(WorkingDirectory root, String path) throws IOException {
    return new String(root.readBytes(path), UTF_8);
  }

  List<String> names() throws IOException {
    return List.copyOf(pond.view().root().walk("/").keySet());
  }

  List<Path> stagedFiles() throws IOException {
    try (Stream<Path> files = Files.walk(pond.directory().resolve("oplog"))) {
      return files.filter(file -> file.getFileName().toString().contains("staged")).toList();
    }
  }
}
