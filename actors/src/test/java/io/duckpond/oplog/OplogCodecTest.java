package io.duckpond.oplog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.Grouped;
import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RowSink;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.Attributes;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class OplogCodecTest {
  private static final NodeId NODE = NodeId.parse("0192d3a0000070008000000000000001");
  private static final OplogEntry.DirectoryChanged NO_CHANGE =
      new OplogEntry.DirectoryChanged(NODE, List.of(), Optional.empty());

  private final OplogCodec codec = new OplogCodec();

  static LongStream seeds() {
    long first = System.nanoTime();
    return LongStream.range(first, first + 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void decodesTheEventRowsItEncoded(long seed) {
    DirectoryEvent event = new RandomEvents(seed).event();

    Rows rows = encode(event);

    assertThat(codec.decode(rows.events).entries())
        .isEqualTo(
            event.entries().stream()
                .filter(row -> !(row instanceof OplogEntry.SmallFile))
                .toList());
    assertThat(rows.attachments.stream().map(OplogCodec::attachment))
        .containsExactlyElementsOf(
            event.entries().stream()
                .filter(OplogEntry.SmallFile.class::isInstance)
                .map(OplogEntry.SmallFile.class::cast)
                .toList());
  }

  @Test
  void rowsStandAsTheDesignSays() {
    Sha256 digest = Sha256.of(new byte[0]);
    DirectoryEvent event =
        new DirectoryEvent(
            new DirectoryEvent.Group("t", 1),
            List.of(
                new OplogEntry.DirectoryChanged(
                    NODE, List.of(), Optional.of(new Attributes(0755, 12))),
                new OplogEntry.SmallFile(
                    NODE, NodeType.FILE, 2, digest, ByteString.emptyByteString()),
                new OplogEntry.LargeFile(NODE, NodeType.TABLE, 3, 1L << 33, digest, digest),
                new OplogEntry.Link(NODE, 1, "ü")));

    Rows rows = encode(event);

    String hex = digest.hex();
    assertThat(rows.events)
        .extracting(row -> row.values().subList(1, 3))
        .containsExactly(
            List.of("directory", "{\"mode\":493,\"modified\":12}"),
            List.of(
                "table",
                "{\"version\":3,\"size\":8589934592,\"sha256\":\"%s\",\"blocks\":\"%s\"}"
                    .formatted(hex, hex)),
            List.of("symlink", "{\"version\":1}"));
    assertThat(rows.events.get(1).values().get(3)).isNull();
    assertThat(rows.events.get(2).values().get(3)).isEqualTo(new byte[] {(byte) 0xC3, (byte) 0xBC});
    assertThat(rows.attachments)
        .extracting(row -> row.values().subList(0, 3))
        .containsExactly(
            List.of(
                NODE.hex(), "file", "{\"version\":2,\"size\":0,\"sha256\":\"%s\"}".formatted(hex)));
    assertThat(rows.attachments.get(0).values().get(3)).isEqualTo(new byte[0]);
  }

  @Test
  void refusesForeignEvents() {
    assertThatThrownBy(() -> codec.encode("something", new Rows()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void damageNamesPartitionSequenceNumberAndTransaction() {
    List<List<InnerRow>> damaged =
        List.of(
            List.of(),
            List.of(row(NODE.hex(), "symlink", "{\"version\":1}", new byte[1])),
            List.of(row(NODE.hex(), "directory", "{}", null)),
            List.of(row(NODE.hex(), "directory", "{}", new byte[9])),
            List.of(row(NODE.hex(), "directory", "{", DirectoryEntryBatch.encode(List.of()))),
            List.of(row(NODE.hex(), "socket", "{}", null)),
            List.of(row("xyz", "symlink", "{\"version\":1}", new byte[1])),
            List.of(row(NODE.hex(), "symlink", "{\"version\":\"x\"}", new byte[1])),
            List.of(row(NODE.hex(), "file", "{\"version\":1}", null)),
            List.of(row(null, "file", "{\"version\":1}", null)));

    for (List<InnerRow> rows : damaged) {
      assertThatThrownBy(() -> codec.decode(rows))
          .isInstanceOf(DamageException.class)
          .hasMessageContaining(
              rows.isEmpty() ? "without rows" : "partition [p] sequence number [4]");
    }
  }

  @Test
  void theAdapterWrapsOnTheWayInAndUnwrapsOnTheWayBack() {
    DirectoryEventAdapter adapter = new DirectoryEventAdapter();
    DirectoryEvent event = new DirectoryEvent(new DirectoryEvent.Group("t", 3), List.of(NO_CHANGE));

    Object stored = adapter.toJournal(event);

    assertThat(stored).isEqualTo(new Grouped("t", 3, event));
    assertThat(adapter.fromJournal(stored, "").events().head().group())
        .isEqualTo(DirectoryEvent.Group.STORED);
  }

  private Rows encode(DirectoryEvent event) {
    Rows rows = new Rows();
    codec.encode(event, rows);
    return rows;
  }

  private static InnerRow row(@Nullable Object... values) {
    List<@Nullable Object> list = Collections.unmodifiableList(Arrays.asList(values));
    return new InnerRow("p", list, 4, 9, 0, "", "", List.of(), 0);
  }

  private static final class Rows implements RowSink {
    final List<InnerRow> events = new ArrayList<>();
    final List<InnerRow> attachments = new ArrayList<>();

    @Override
    public void event(@Nullable Object... values) {
      events.add(row(values));
    }

    @Override
    public void attachment(@Nullable Object... values) {
      attachments.add(row(values));
    }
  }
}
