package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.event;
import static io.duckpond.journal.table.Records.everything;
import static io.duckpond.journal.table.Records.flush;
import static io.duckpond.journal.table.Records.names;
import static io.duckpond.journal.table.Records.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.disk.SimulatedDisk;
import io.duckpond.journal.disk.SimulatedDisk.ProcessEnded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A commit whose process was killed between giving its entry a name and syncing that name. */
class KilledCommitTest {
  private static final Path TABLE = Path.of("/table");

  @Test
  void nextCommitNeverOutlivesIt() throws Exception {
    SimulatedDisk disk = new SimulatedDisk();
    LogTable.create(disk, TABLE, Map.of()).append(flush(1, event("a", 1, 1)));
    LogTable killed = LogTable.open(disk, TABLE);
    disk.beforeEach(
        (operation, path) -> {
          if (operation.equals("delete")) {
            disk.cutAfter(0);
          }
        });
    assertThatThrownBy(() -> killed.append(flush(2, event("a", 2, 2))))
        .isInstanceOf(ProcessEnded.class);
    SimulatedDisk next = disk.afterKill();
    LogTable table = LogTable.open(next, TABLE);
    assertThat(table.head().txnSeq()).isEqualTo(2);

    next.beforeEach(
        (operation, path) -> {
          for (int seed = 0; seed < 20; seed++) {
            requireReadable(next.afterPowerCut(new Random(seed)));
          }
        });
    table.append(flush(3, event("a", 3, 3)));
  }

  private static void requireReadable(SimulatedDisk disk) {
    try {
      LogTable left = LogTable.open(disk, TABLE);
      assertThat(names(read(left.head(), everything())))
          .hasSize((int) left.head().txnSeq())
          .contains("event a 1 @1");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
