package io.duckpond.journal.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskWriter;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.engine.DurableFiles;
import io.duckpond.journal.table.Flush;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.LoggedEntry;
import io.duckpond.journal.table.RecordKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table whose version {@code n} holds transaction {@code n}, and ways to spoil it. */
final class Scene {
  private final Machine machine;
  private final Path table;

  Scene(Machine machine, Path table) {
    this.machine = machine;
    this.table = table;
  }

  static Scene of(Machine machine, Path table, int flushes) throws IOException {
    return of(machine, table, flushes, Map.of());
  }

  static Scene of(Machine machine, Path table, int flushes, Map<String, String> properties)
      throws IOException {
    Scene scene = new Scene(machine, table);
    try (LogTable created = LogTable.create(machine, table, properties)) {
      for (int txn = 1; txn <= flushes; txn++) {
        created.append(flush(txn));
      }
    }
    return scene;
  }

  /** Appends transactions to a table that must take them. */
  void append(int from, int to) throws IOException {
    try (LogTable opened = LogTable.open(machine, table)) {
      for (int txn = from; txn <= to; txn++) {
        opened.append(flush(txn));
      }
    }
  }

  private static Flush flush(long txn) {
    List<LogRecord> records =
        List.of(
            record("all", RecordKind.EVENT, txn, txn),
            record("p" + txn, RecordKind.EVENT, 1, txn),
            record("", RecordKind.TRANSACTION, 0, txn));
    return new Flush(records, List.of(), txn, txn * 1000);
  }

  private static LogRecord record(String partId, RecordKind kind, long version, long txn) {
    byte[] content = (partId + "#" + version).getBytes(UTF_8);
    return new LogRecord(
        partId, kind, version, version, txn, txn, txn * 1000, 1, Sha256.of(content), content);
  }

  Path table() {
    return table;
  }

  Path log() {
    return table.resolve("_delta_log");
  }

  Path entry(long version) {
    return log().resolve(String.format("%020d.json", version));
  }

  Path checkpoint(long version) {
    return log().resolve(String.format("%020d.checkpoint.parquet", version));
  }

  /** Returns the data file that a version has added. */
  Path dataFile(long version) throws IOException {
    LoggedEntry entry = LoggedEntry.read(machine.disk(), table, version);
    return table.resolve(entry.added(table).get(0).name());
  }

  /** Has other bytes stand in a file, durably; none at all if they are {@code null}. */
  void replace(Path file, byte @Nullable [] bytes) throws IOException {
    Disk disk = machine.disk();
    if (disk.stat(file).isPresent()) {
      disk.delete(file);
    }
    if (bytes != null) {
      try (DiskWriter writer = disk.create(file)) {
        writer.write(ByteBuffer.wrap(bytes));
        writer.sync();
      }
    }
    disk.syncDirectory(Objects.requireNonNull(file.getParent()));
  }

  byte[] bytes(Path file) throws IOException {
    return DurableFiles.readAll(machine.disk(), file);
  }

  static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  static void cut(Path file, int length) throws IOException {
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
  }

  TableReport check(CheckDepth depth) throws IOException {
    TableCheck check = new TableCheck(machine, table).depth(depth);
    return (depth == CheckDepth.EVERY_BYTE ? check.gapless() : check).run(Runnable::run, 1);
  }

  /** Returns the findings of a check of every byte as lines. */
  List<String> findings() throws IOException {
    return check(CheckDepth.EVERY_BYTE).findings().stream()
        .map(
            finding ->
                (finding.damage() ? "" : "(") + finding.kind().storedName() + " " + finding.file())
        .toList();
  }

  /** Returns what tells whether anything in the table has changed. */
  String fingerprint() throws IOException {
    List<String> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(table)) {
      for (Path file : files.sorted().toList()) {
        all.add(table.relativize(file) + " " + Files.getLastModifiedTime(file));
        if (Files.isRegularFile(file)) {
          MessageDigest digest = Sha256.digest();
          all.add(Sha256.from(digest.digest(Files.readAllBytes(file))).hex());
        }
      }
    }
    return String.join("\n", all);
  }
}
