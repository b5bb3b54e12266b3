package io.duckpond;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeType;
import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.OplogReader;
import io.duckpond.oplog.OplogRow;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * All that a pond shows to its readers, question by question: what each was answered, or with which
 * exception it was refused. One question's failure does not end the others.
 *
 * @param answers digests and descriptions by question
 * @param failures exceptions by question
 */
record PondPicture(Map<String, String> answers, Map<String, Throwable> failures) {
  /** Asks for nothing: the newest tree is then loaded whole, not directory by directory. */
  static final String AT_ONCE = "at once";

  /**
   * Takes the picture of the pond at a machine's {@link DamageFixture#FOLDER}.
   *
   * @param asked which questions are asked beside what the newest tree holds: "as of 7", "cat /a
   *     version 2", "transactions", "records", "rows", "status", "verify", and {@link #AT_ONCE}
   */
  static PondPicture of(Machine machine, Predicate<String> asked) {
    Camera camera = new Camera(asked);
    camera.ask(
        "open",
        () -> {
          try (Pond pond = Pond.open(machine, DamageFixture.FOLDER, DamageFixture.SETTINGS)) {
            camera.shoot(pond);
            return "opened";
          }
        });
    return new PondPicture(camera.answers, camera.failures);
  }

  private static final class Camera {
    private static final int BUFFER = 1 << 14;
    final Map<String, String> answers = new LinkedHashMap<>();
    final Map<String, Throwable> failures = new LinkedHashMap<>();
    private final Set<String> read = new HashSet<>();
    private final Predicate<String> asked;

    Camera(Predicate<String> asked) {
      this.asked = asked;
    }

    void askIfWanted(String question, Callable<String> answer) {
      if (asked.test(question)) {
        ask(question, answer);
      }
    }

    void ask(String question, Callable<String> answer) {
      try {
        answers.put(question, answer.call());
      } catch (Exception | StackOverflowError | OutOfMemoryError e) {
        failures.put(question, e);
      }
    }

    void shoot(Pond pond) {
      long[] newest = {0};
      ask(
          "view",
          () -> {
            newest[0] = pond.view().txnSeq();
            return "transaction " + newest[0];
          });
      for (long txn = newest[0]; txn > 0; txn--) {
        String state = "as of " + txn;
        if (txn == newest[0] || asked.test(state)) {
          long number = txn;
          ask(
              state,
              () -> {
                PondView view = pond.asOf(number);
                if (number < newest[0] || asked.test(AT_ONCE)) {
                  quietly(view); // one scan in place of one for each directory
                }
                shoot(view, "/", state + " ");
                return "transaction " + view.txnSeq();
              });
        }
      }
      askIfWanted("transactions", () -> transactions(pond));
      askIfWanted("records", () -> records(pond));
      askIfWanted("rows", () -> rows(pond));
      askIfWanted("status", () -> status(pond.status()));
      askIfWanted("verify", () -> verified(pond.restore(RestoreMode.VERIFY, Progress.NONE)));
    }

    private static void quietly(PondView view) throws IOException {
      try {
        view.tree().loadAll();
      } catch (DamageException e) {
        return; // whom it concerns, the directories tell one by one
      }
    }

    private void shoot(PondView view, String directory, String prefix) {
      List<String> below = new ArrayList<>();
      ask(
          prefix + "ls " + directory,
          () -> {
            SortedMap<EntryName, Entry> entries = view.root().list(directory);
            entries.forEach(
                (name, entry) -> {
                  String path = directory + name.value();
                  if (entry instanceof Entry.Directory) {
                    below.add(path + "/");
                  } else if (entry instanceof Entry.File file
                      && read.add(path + " " + file.version())) {
                    askIfWanted(
                        "cat " + path + " version " + file.version(), () -> bytes(view, path));
                  }
                });
            return entries.toString();
          });
      below.forEach(path -> shoot(view, path, prefix));
    }

    private static String bytes(PondView view, String path) throws IOException {
      Checksum checksum = new CRC32C();
      long size = 0;
      byte[] buffer = new byte[BUFFER];
      try (InputStream in = view.root().read(path)) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          checksum.update(buffer, 0, read);
          size += read;
        }
      }
      return size + " bytes with checksum " + checksum.getValue();
    }

    private static String verified(RestoreReport report) {
      return report.events() + " " + report.partitions() + " " + report.contentRoot();
    }

    private static String status(PondStatus status) {
      return status.nodes() + " " + status.files() + " " + status.bytes() + " " + status.id();
    }

    private static String transactions(Pond pond) throws IOException {
      StringBuilder all = new StringBuilder();
      try (Stream<?> rows = pond.oplog().transactions(LogFilter.ALL)) {
        rows.forEach(row -> all.append(row).append('\n'));
      }
      return all.toString();
    }

    private static String rows(Pond pond) throws IOException {
      OplogReader reader = pond.oplog();
      StringBuilder all = new StringBuilder();
      try (Stream<OplogRow> rows = reader.entries(LogFilter.ALL, OplogReader.Bytes.READ)) {
        rows.forEach(
            row -> {
              all.append(row.partId()).append(' ').append(row.nodeId()).append(' ');
              all.append(row.type()).append(' ').append(row.metadata()).append(' ');
              all.append(row.seqNr()).append(' ').append(row.txnSeq()).append(' ');
              all.append(row.timestampMicros()).append(' ').append(row.txnIndex()).append(' ');
              all.append(Sha256.of(row.content()));
              if (row.type() == NodeType.DIRECTORY && !row.attachment()) {
                all.append(reader.changes(row));
              }
              all.append('\n');
            });
      }
      return Sha256.of(all.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)).hex();
    }

    private static String records(Pond pond) throws IOException {
      StringBuilder all = new StringBuilder();
      try (Stream<?> rows =
          pond.oplog()
              .records(LogFilter.ALL, OplogReader.Bytes.READ)
              .map(
                  row ->
                      List.of(
                          row.partId(),
                          row.kind(),
                          row.firstVersion(),
                          row.version(),
                          row.firstTxnSeq(),
                          row.txnSeq(),
                          row.timestampMicros(),
                          row.count(),
                          row.sha256()))) {
        rows.forEach(row -> all.append(row).append('\n'));
      }
      return all.toString();
    }
  }

  /** Returns the first question to which {@code reference} had another answer; empty if none. */
  String differenceFrom(PondPicture reference) {
    Map<String, String> expected = new HashMap<>(reference.answers);
    for (Map.Entry<String, String> answer : answers.entrySet()) {
      if (!answer.getValue().equals(expected.get(answer.getKey()))) {
        return answer.getKey()
            + ": expected "
            + expected.get(answer.getKey())
            + ", found "
            + answer.getValue();
      }
    }
    return "";
  }
}
