package io.duckpond.journal.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.journal.disk.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RememberedFlushTest {
  private static LogRecord record(int number, byte[] content) {
    return new LogRecord(
        "p" + number,
        number % 2 == 0 ? RecordKind.EVENT : RecordKind.TRANSACTION,
        number,
        number + 1,
        number + 2,
        number + 3,
        number + 4,
        2,
        Sha256.of(content),
        content);
  }

  private static void assertGivesBack(List<LogRecord> records) {
    List<LogRecord> given = new ArrayList<>();
    for (Iterator<LogRecord> all = RememberedFlush.of(records).records(); all.hasNext(); ) {
      given.add(all.next());
    }
    assertThat(given).usingRecursiveComparison().isEqualTo(records);
  }

  @Test
  void givesBackEveryRecordAsItWas() {
    SplittableRandom random = new SplittableRandom(20261130);
    for (int flush = 0; flush < 500; flush++) {
      byte[] common = new byte[random.nextInt(60)];
      random.nextBytes(common);
      List<LogRecord> records = new ArrayList<>();
      int count = random.nextInt(6);
      for (int number = 0; number < count; number++) {
        int shared = random.nextInt(common.length + 1);
        byte[] content = Arrays.copyOf(common, shared + random.nextInt(20));
        for (int i = shared; i < content.length; i++) {
          content[i] = (byte) random.nextInt(3);
        }
        records.add(record(number, content));
      }
      assertGivesBack(records);
    }
  }

  @Test
  void keepsOnceWhatIsTheLargerPartOfAllContents() {
    byte[] large = new byte[100_000];
    List<LogRecord> records = new ArrayList<>();
    for (int number = 0; number < 10; number++) {
      byte[] content = Arrays.copyOf(large, large.length + 10);
      content[large.length] = (byte) (1 + number);
      records.add(record(number, content));
    }

    assertThat(RememberedFlush.of(records).bytes()).isBetween(100_000L, 110_000L);
    assertGivesBack(records);
  }

  @Test
  void takesNoMoreThanItsRecordsDo() {
    List<LogRecord> records = List.of(record(0, new byte[] {1, 2, 3}), record(1, new byte[] {4}));

    long most = records.stream().mapToLong(RememberedFlush::most).sum();
    assertThat(RememberedFlush.of(records).bytes()).isEqualTo(most);
    assertGivesBack(records);
  }
}
