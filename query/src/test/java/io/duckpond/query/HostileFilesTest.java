package io.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.oplog.TableFiles;
import io.duckpond.query.parquet.TableFile;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;

/** Files that somebody has changed: they are read, or refused in one line, and nothing else. */
class HostileFilesTest {

  private static final int FILES = 12;
  private static final int CHANGES_OF_EACH = 40;

  private static DiskReader in(byte[] bytes) {
    return new ContentReader(bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  @Test
  void changedBytesAreReadOrRefused() throws Exception {
    long seed = Long.getLong("pond.seed", System.nanoTime());
    Random random = new Random(seed);
    Set<String> outcomes = new HashSet<>();
    for (int file = 0; file < FILES; file++) {
      byte[] whole = RandomTable.of(random, RandomTable.kinds(random)).parquet();
      for (int change = 0; change < CHANGES_OF_EACH; change++) {
        byte[] changed = changed(whole, random);
        outcomes.add(outcome(changed, "seed " + seed + ", file " + file + ", change " + change));
      }
    }

    assertThat(outcomes).as("seed %d", seed).containsExactlyInAnyOrder("read", "refused");
  }

  private static byte[] changed(byte[] whole, Random random) {
    byte[] changed = whole.clone();
    for (int bytes = 1 + random.nextInt(3); bytes > 0; bytes--) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
    }
    return random.nextInt(20) == 0
        ? Arrays.copyOf(changed, random.nextInt(changed.length))
        : changed;
  }

  private static String outcome(byte[] bytes, String which) throws Exception {
    try (DiskReader reader = in(bytes)) {
      TableFiles.outline(reader, "/t");
      TableFile table = TableFile.open(reader, "/t");
      List<String> columns = table.columns().stream().map(Type::getName).toList();
      table.rows(columns, List.of()).forEachRemaining(row -> assertThat(row).isNotNull());
      return "read";
    } catch (FileSystemException refused) {
      return oneLine(refused);
    } catch (UncheckedIOException wrapped) {
      assertThat(wrapped.getCause()).as(which).isInstanceOf(FileSystemException.class);
      return oneLine(wrapped.getCause());
    } catch (JournalException tooLarge) {
      return oneLine(tooLarge);
    } catch (RuntimeException | Error fault) {
      throw new AssertionError(which, fault);
    }
  }

  private static String oneLine(Exception refused) {
    assertThat(refused.getMessage()).hasLineCount(1);
    return "refused";
  }
}
