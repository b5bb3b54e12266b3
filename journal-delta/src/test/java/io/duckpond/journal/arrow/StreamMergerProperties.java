package io.duckpond.journal.arrow;

import static io.duckpond.journal.arrow.RandomRows.shown;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordMerger;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.Test;

/** Merged records hold the same rows, to our decoder and to Arrow's own reader. */
final class StreamMergerProperties {
  private static final long LIMIT = 64 << 20;
  private static final EventCodec CODEC =
      new EventCodec() {
        @Override
        public List<CodecColumn> columns() {
          return RandomRows.COLUMNS;
        }

        @Override
        public void encode(Object event, RowSink sink) {
          throw new IllegalArgumentException("rows are made without it");
        }

        @Override
        public Object decode(List<InnerRow> rows) {
          return rows;
        }
      };

  private final StreamMerger merger = new StreamMerger(CODEC);

  @Test
  void mergedRecordsHoldTheRowsOfAllInOrder() throws Exception {
    Harness harness = Harness.named("stream-merger");
    Random random = new Random(harness.seed());
    try (RecordCodec codec = new RecordCodec(RandomRows.COLUMNS, LIMIT);
        RootAllocator allocator = new RootAllocator(LIMIT)) {
      for (int step = 0; step < Harness.size(300, 20_000); step++) {
        List<InnerRow> all = new ArrayList<>();
        List<LogRecord> records = new ArrayList<>();
        Sha256 sum = Sha256.ZERO;
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
          List<InnerRow> rows = new RandomRows(random.nextLong()).rows();
          LogRecord record = RandomRows.record(rows.size(), codec.encode(rows));
          all.addAll(rows);
          records.add(record);
          sum = sum.plus(merger.digest(record));
        }

        byte[] merged = merger.merge(records).orElseThrow();
        LogRecord record = RandomRows.record(all.size(), merged);
        List<InnerRow> decoded = new ArrayList<>();
        codec.decode(record, decoded::add);

        assertThat(shown(decoded)).as(harness.at(step)).isEqualTo(shown(all));
        if (rowsAreEventsOfTheirOwn(all)) {
          assertThat(merger.digest(record)).as(harness.at(step)).isEqualTo(sum);
        }
        try (ArrowStreamReader reader =
            new ArrowStreamReader(new ByteArrayInputStream(merged), allocator)) {
          assertThat(reader.loadNextBatch()).isTrue();
          assertThat(reader.getVectorSchemaRoot().getRowCount()).isEqualTo(all.size());
          assertThat(text(reader.getVectorSchemaRoot()))
              .as(harness.at(step))
              .isEqualTo(texts(codec, records, allocator));
          assertThat(reader.loadNextBatch()).isFalse();
        }
      }
    }
  }

  /** An event of several rows stands in one record; random rows may make one across two. */
  private static boolean rowsAreEventsOfTheirOwn(List<InnerRow> rows) {
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i).seqNr() == rows.get(i - 1).seqNr()
          && rows.get(i).txnIndex() == rows.get(i - 1).txnIndex()) {
        return false;
      }
    }
    return true;
  }

  private static String texts(RecordCodec codec, List<LogRecord> records, RootAllocator allocator)
      throws Exception {
    List<InnerRow> rows = new ArrayList<>();
    records.forEach(record -> codec.decode(record, rows::add));
    try (ArrowStreamReader reader =
        new ArrowStreamReader(new ByteArrayInputStream(codec.encode(rows)), allocator)) {
      reader.loadNextBatch();
      return text(reader.getVectorSchemaRoot());
    }
  }

  private static String text(VectorSchemaRoot rows) {
    return rows.contentToTSVString().replaceAll("\\[B@[0-9a-f]+", "bytes");
  }

  @Test
  void digestNoticesEveryChangeOfARow() {
    try (RecordCodec codec = new RecordCodec(List.of(), LIMIT)) {
      StreamMerger bare = new StreamMerger(codecOf(List.of()));
      InnerRow row = new InnerRow("p", List.of(), 1, 2, 3, "w", "m", List.of("a", "b"), 4);
      List<InnerRow> others =
          List.of(
              new InnerRow("q", List.of(), 1, 2, 3, "w", "m", List.of("a", "b"), 4),
              new InnerRow("p", List.of(), 2, 2, 3, "w", "m", List.of("a", "b"), 4),
              new InnerRow("p", List.of(), 1, 3, 3, "w", "m", List.of("a", "b"), 4),
              new InnerRow("p", List.of(), 1, 2, 4, "w", "m", List.of("a", "b"), 4),
              new InnerRow("p", List.of(), 1, 2, 3, "", "m", List.of("a", "b"), 4),
              new InnerRow("p", List.of(), 1, 2, 3, "w", "", List.of("a", "b"), 4),
              new InnerRow("p", List.of(), 1, 2, 3, "wm", "", List.of("a", "b"), 4),
              new InnerRow("p", List.of(), 1, 2, 3, "w", "m", List.of("ab"), 4),
              new InnerRow("p", List.of(), 1, 2, 3, "w", "m", List.of("b", "a"), 4),
              new InnerRow("p", List.of(), 1, 2, 3, "w", "m", List.of("a", "b"), 5));
      Sha256 digest = bare.digest(RandomRows.record(1, codec.encode(List.of(row))));

      for (InnerRow other : others) {
        assertThat(bare.digest(RandomRows.record(1, codec.encode(List.of(other)))))
            .as("%s", other)
            .isNotEqualTo(digest);
      }
    }
  }

  /** Two programs may compare them: one that has merged, and a later one that looks. */
  @Test
  void digestOfARowStaysWhatItIs() {
    try (RecordCodec codec = new RecordCodec(List.of(), LIMIT)) {
      InnerRow row = new InnerRow("p", List.of(), 1, 2, 3, "w", "m", List.of("a", "b"), 4);
      LogRecord record = RandomRows.record(1, codec.encode(List.of(row)));

      Sha256 digest = new StreamMerger(List.of()).digest(record);

      assertThat(digest.hex())
          .isEqualTo("24a451b01044cdbac13f8d23ae59be09aff53570747eb10bf745f5996ebfe7a7");
    }
  }

  @Test
  void recordsOfSeveralSchemasInTurnAreDigestedAsEachByItself() {
    Harness harness = Harness.named("stream-merger-schemas");
    Random random = new Random(harness.seed());
    for (int step = 0; step < Harness.size(100, 5_000); step++) {
      RecordMerger.Gathering gathering = merger.gathering();
      List<LogRecord> records = new ArrayList<>();
      Set<Integer> widths = new HashSet<>();
      for (int i = 1 + random.nextInt(6); i > 0; i--) {
        int width = random.nextInt(3) == 0 ? random.nextInt(RandomRows.COLUMNS.size()) : 5;
        LogRecord record = recordOf(width, random.nextLong());
        widths.add(width);
        records.add(record);

        Sha256 digest = gathering.add(record);

        assertThat(digest)
            .as(harness.at(step))
            .isEqualTo(new StreamMerger(RandomRows.COLUMNS.subList(0, width)).digest(record))
            .isEqualTo(merger.digest(record));
      }
      assertThat(gathering.merge().isPresent()).as(harness.at(step)).isEqualTo(widths.size() == 1);
      assertThat(gathering.merge())
          .as(harness.at(step))
          .map(Sha256::of)
          .isEqualTo(merger.merge(records).map(Sha256::of));
    }
  }

  /** A record of rows of only the first columns. */
  private static LogRecord recordOf(int width, long seed) {
    List<InnerRow> rows = new ArrayList<>();
    for (InnerRow row : new RandomRows(seed).rows()) {
      rows.add(
          new InnerRow(
              row.partId(),
              row.values().subList(0, width),
              row.seqNr(),
              row.txnSeq(),
              row.timestampMicros(),
              row.writer(),
              row.manifest(),
              row.tags(),
              row.txnIndex()));
    }
    try (RecordCodec codec = new RecordCodec(RandomRows.COLUMNS.subList(0, width), LIMIT)) {
      return RandomRows.record(rows.size(), codec.encode(rows));
    }
  }

  private static EventCodec codecOf(List<CodecColumn> columns) {
    return new EventCodec() {
      @Override
      public List<CodecColumn> columns() {
        return columns;
      }

      @Override
      public void encode(Object event, RowSink sink) {
        sink.event();
      }

      @Override
      public Object decode(List<InnerRow> rows) {
        return rows;
      }
    };
  }
}
