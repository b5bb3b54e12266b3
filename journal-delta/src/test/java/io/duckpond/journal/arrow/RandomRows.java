package io.duckpond.journal.arrow;

import io.duckpond.journal.arrow.CodecColumn.Type;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Rows of every column type, made from a seed. */
final class RandomRows {
  static final List<CodecColumn> COLUMNS =
      List.of(
          new CodecColumn("name", Type.UTF8, false),
          new CodecColumn("note", Type.UTF8, true),
          new CodecColumn("content", Type.BINARY, true),
          new CodecColumn("number", Type.INT32, true),
          new CodecColumn("size", Type.INT64, false));

  private static final String[] TEXTS = {"", "a", "ä", "日本", "😀\n", "x".repeat(300), "\0"};

  private final Random random;

  RandomRows(long seed) {
    this.random = new Random(seed);
  }

  List<InnerRow> rows() {
    List<InnerRow> rows = new ArrayList<>();
    for (int i = random.nextInt(40); i > 0; i--) {
      rows.add(row());
    }
    return rows;
  }

  private InnerRow row() {
    List<@Nullable Object> values =
        Arrays.asList(text(), maybe(text()), maybe(bytes()), maybe(random.nextInt()), number());
    List<String> tags = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      tags.add(text());
    }
    return new InnerRow(
        text(),
        values,
        1 + random.nextInt(100),
        1 + random.nextInt(100),
        1 + random.nextLong(Long.MAX_VALUE),
        text(),
        text(),
        tags,
        random.nextInt());
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  private Long number() {
    return random.nextLong();
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }

  private @Nullable Object maybe(Object value) {
    return random.nextInt(3) == 0 ? null : value;
  }

  static LogRecord record(int count, byte[] content) {
    return new LogRecord(
        "p", RecordKind.EVENT, 1, 9, 4, 5, 6_000_000, count, Sha256.of(content), content);
  }

  /** The rows as text, in which arrays show what they hold. */
  static List<String> shown(List<InnerRow> rows) {
    return rows.stream()
        .map(row -> row + Arrays.deepToString(row.values().toArray()))
        .map(text -> text.replaceAll("\\[B@[0-9a-f]+", "bytes"))
        .toList();
  }
}
