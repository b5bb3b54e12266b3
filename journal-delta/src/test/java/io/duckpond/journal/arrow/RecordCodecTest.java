package io.duckpond.journal.arrow;

import static io.duckpond.journal.arrow.RandomRows.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.arrow.CodecColumn.Type;
import io.duckpond.journal.disk.DamageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
  private static final long LIMIT = 64 << 20;
  private static final List<CodecColumn> COLUMNS =
      List.of(
          new CodecColumn("node_id", Type.UTF8, false),
          new CodecColumn("content", Type.BINARY, true));

  private static InnerRow row(long seqNr, @Nullable Object... values) {
    return new InnerRow(
        "p", Arrays.asList(values), seqNr, seqNr, seqNr * 10, "w", "m", List.of("red", "blue"), 3);
  }

  private static InnerRow staged(@Nullable Object... values) {
    return new InnerRow("d", Arrays.asList(values), 0, 0, 0, "", "", List.of(), 0);
  }

  @Test
  void anyArrowLibraryReadsTheColumns() throws IOException {
    byte[] content;
    try (RecordCodec codec = new RecordCodec(COLUMNS, LIMIT)) {
      content = codec.encode(List.of(row(7, "n", "hey".getBytes(UTF_8)), staged("o", null)));
    }

    try (BufferAllocator allocator = new RootAllocator();
        ArrowStreamReader reader =
            new ArrowStreamReader(new ByteArrayInputStream(content), allocator)) {
      assertThat(reader.loadNextBatch()).isTrue();
      String table = reader.getVectorSchemaRoot().contentToTSVString();
      assertThat(table.replaceAll("\\[B@[0-9a-f]+", "bytes"))
          .isEqualTo(
              """
              part_id\tnode_id\tcontent\tseq_nr\ttxn_seq\ttimestamp\twriter\tmanifest\ttags\ttxn_index
              p\tn\tbytes\t7\t7\t70\tw\tm\t["red","blue"]\t3
              d\to\tnull\tnull\tnull\tnull\t\t\t[]\t0
              """);
      assertThat(reader.getVectorSchemaRoot().getSchema().toString())
          .isEqualTo(
              "Schema<part_id: Utf8 not null, node_id: Utf8 not null, content: Binary,"
                  + " seq_nr: Int(64, true), txn_seq: Int(64, true),"
                  + " timestamp: Timestamp(MICROSECOND, UTC), writer: Utf8 not null,"
                  + " manifest: Utf8 not null, tags: List<item: Utf8 not null> not null,"
                  + " txn_index: Int(32, true) not null>");
      assertThat(reader.loadNextBatch()).isFalse();
    }
  }

  @Test
  void stagedRowsTakeTheirTransactionFromTheRecord() {
    try (RecordCodec codec = new RecordCodec(COLUMNS, LIMIT)) {
      List<InnerRow> decoded = new ArrayList<>();

      codec.decode(record(1, codec.encode(List.of(staged("n", null)))), decoded::add);

      InnerRow only = decoded.get(0);
      assertThat(only.seqNr()).isZero();
      assertThat(only.txnSeq()).isEqualTo(5);
      assertThat(only.timestampMicros()).isEqualTo(6_000_000);
    }
  }

  @Test
  void aStreamWithOtherColumnsIsReadByName() {
    List<CodecColumn> older = List.of(new CodecColumn("node_id", Type.UTF8, false));
    List<CodecColumn> newer =
        List.of(
            new CodecColumn("added", Type.INT64, true),
            new CodecColumn("content", Type.BINARY, true),
            new CodecColumn("node_id", Type.UTF8, false));
    List<InnerRow> decoded = new ArrayList<>();

    try (RecordCodec old = new RecordCodec(older, LIMIT);
        RecordCodec now = new RecordCodec(newer, LIMIT);
        RecordCodec codec = new RecordCodec(COLUMNS, LIMIT);
        TransactionCodec other = new TransactionCodec(LIMIT)) {
      codec.decode(record(1, old.encode(List.of(row(1, "old")))), decoded::add);
      codec.decode(record(1, now.encode(List.of(row(2, 5L, null, "new")))), decoded::add);

      assertThat(decoded.get(0).values()).isEqualTo(Arrays.asList("old", null));
      assertThat(decoded.get(1).values()).isEqualTo(Arrays.asList("new", null));
      assertThatThrownBy(() -> now.decode(record(1, other.encode(1, new byte[0])), r -> {}))
          .isInstanceOf(DamageException.class)
          .hasMessageContaining("no column [part_id]");
    }
  }

  @Test
  void theRecordsCountIsChecked() {
    try (RecordCodec codec = new RecordCodec(COLUMNS, LIMIT)) {
      byte[] content = codec.encode(List.of(row(1, "n", null)));

      assertThatThrownBy(() -> codec.decode(record(2, content), row -> {}))
          .isInstanceOf(DamageException.class)
          .hasMessageContaining("[1] rows where the record has [2]");
    }
  }

  @Test
  void noRowsAreAStreamToo() {
    try (RecordCodec codec = new RecordCodec(COLUMNS, LIMIT)) {
      List<InnerRow> decoded = new ArrayList<>();

      codec.decode(record(0, codec.encode(List.of())), decoded::add);

      assertThat(decoded).isEmpty();
    }
  }

  @Test
  void eightBytesThatAskForTwoGigabytesAreDamage() {
    byte[] hostile =
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(-1)
            .putInt(Integer.MAX_VALUE)
            .array();

    try (RecordCodec codec = new RecordCodec(COLUMNS, LIMIT)) {
      assertThatThrownBy(() -> codec.decode(record(1, hostile), row -> {}))
          .isInstanceOf(DamageException.class)
          .hasMessageContaining("a message of [2147483647] bytes");
    }
  }

  @Test
  void valuesThatDoNotFitAreRefused() {
    try (RecordCodec codec = new RecordCodec(COLUMNS, LIMIT)) {
      assertThatThrownBy(() -> codec.encode(List.of(row(1, null, null))))
          .hasMessage("column [node_id] is null");
      assertThatThrownBy(() -> codec.encode(List.of(row(1, 5, null))))
          .hasMessage("column [node_id] takes no java.lang.Integer");
      assertThatThrownBy(() -> codec.encode(List.of(row(1, "n"))))
          .hasMessage("[1] values for [2] columns");
      assertThatThrownBy(() -> codec.encode(List.of(row(1, "\ud800", null))))
          .hasMessage("column [node_id]: unpaired surrogate at [0]");
    }
  }

  @Test
  void aTransactionsBytesComeBackAndOnlyItsOwn() {
    try (TransactionCodec codec = new TransactionCodec(LIMIT)) {
      byte[] words = "{\"command\":\"put\"}".getBytes(UTF_8);

      assertThat(codec.decode(record(1, codec.encode(5, words)))).isEqualTo(words);
      assertThat(codec.decode(record(1, codec.encode(5, new byte[0])))).isEmpty();
      assertThatThrownBy(() -> codec.decode(record(1, codec.encode(6, words))))
          .isInstanceOf(DamageException.class);
    }
  }
}
