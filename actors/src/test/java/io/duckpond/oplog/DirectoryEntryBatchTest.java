package io.duckpond.oplog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.harness.Garble;
import io.duckpond.harness.Harness;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.Attributes;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import io.duckpond.path.EntryName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DirectoryEntryBatchTest {
  private static final NodeId CHILD = NodeId.parse("0192d3a0000070008000000000000001");
  private static final NodeId OTHER = NodeId.parse("0192d3a0000070008000000000000002");
  private static final Attributes ATTRIBUTES = new Attributes(0644, 1_700_000_000_123_456_789L);

  static LongStream seeds() {
    long first = System.nanoTime();
    return LongStream.range(first, first + 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void decodesWhatItEncoded(long seed) {
    List<DirectoryEntry> changes = new RandomEvents(seed).changes();

    byte[] stream = DirectoryEntryBatch.encode(changes);

    assertThat(DirectoryEntryBatch.decode(stream)).isEqualTo(changes);
    assertThat(stream.length % 8).isZero();
  }

  @Test
  void isReadByPlainArrow() throws IOException {
    byte[] stream = DirectoryEntryBatch.encode(sample());

    assertThat(readByArrow(stream))
        .isEqualTo(
            """
            name	child_node_id	operation	entry_type	mode	modified	version	size	sha256	target	content_part_id	content_seq	other_part_id	other_name
            d	0192d3a0000070008000000000000001	put	directory	420	1700000000123456789	1	null	null	null	null	null	null	null
            f	0192d3a0000070008000000000000001	moved-in	file	420	1700000000123456789	3	5	32 bytes	null	0192d3a0000070008000000000000002	7	0192d3a0000070008000000000000002	g
            l	0192d3a0000070008000000000000001	remove	symlink	420	1700000000123456789	2	null	null	../f	null	null	null	null
            o	0192d3a0000070008000000000000001	moved-out	directory	420	1700000000123456789	1	null	null	null	null	null	0192d3a0000070008000000000000002	p
            """);
  }

  @Test
  void anEmptyBatchIsReadByPlainArrow() throws IOException {
    byte[] stream = DirectoryEntryBatch.encode(List.of());

    assertThat(readByArrow(stream).lines()).hasSize(1);
    assertThat(DirectoryEntryBatch.decode(stream)).isEmpty();
  }

  @Test
  void theSchemaIsTheReleasedOne() {
    assertThat(Sha256.of(DirectoryEntryBatch.schemaBytes()).hex())
        .as("columns may be added in a new format only")
        .isEqualTo("288f3ac88d67330e9bd0d39069f1867831cc724e729cfef995a9c6637b413c20");
    assertThat(Sha256.of(DirectoryEntryBatch.encode(sample())).hex())
        .isEqualTo("e781c86fc3261fdad8d0ede00705b6cf56a5c78af78f7a5a0c8443be303648a1");
  }

  @Test
  void refusesContentWithoutAPlace() {
    Entry.File file = file(ContentLocator.Pending.PENDING);
    List<DirectoryEntry> changes = List.of(new DirectoryEntry.Put(new EntryName("f"), file));

    assertThatThrownBy(() -> DirectoryEntryBatch.encode(changes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'f'");
  }

  @Test
  void garbageIsDamageAndNothingElse() {
    Harness harness = Harness.named("fuzz-directory-batch");
    Random random = new Random(harness.seed());
    long end = System.nanoTime() + Duration.ofSeconds(Harness.size(3, 60)).toNanos();
    byte[] stream = {};

    for (int step = 0; System.nanoTime() < end; step++) {
      if (step % 100 == 0) {
        stream = DirectoryEntryBatch.encode(new RandomEvents(random.nextLong()).changes());
      }
      byte[] garbled = Garble.bytes(random, stream);
      try {
        DirectoryEntryBatch.decode(garbled);
        harness.count("decoded", 1);
      } catch (DamageException expected) {
        harness.count("refused", 1);
        assertThat(expected).hasMessageStartingWith("the nested batch");
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError(harness.at(step), e);
      }
    }

    assertThat(harness.counted("refused")).as(harness.report()).isPositive();
  }

  @Test
  void aHundredThousandSmallDirectoriesTakeSeconds() {
    List<DirectoryEntry> changes = sample();
    long start = System.nanoTime();

    for (int i = 0; i < 100_000; i++) {
      DirectoryEntryBatch.decode(DirectoryEntryBatch.encode(changes));
    }

    Duration took = Duration.ofNanos(System.nanoTime() - start);
    // Two seconds were measured; the bound is for a machine that does much else.
    assertThat(took).isLessThan(Duration.ofSeconds(20));
  }

  private static List<DirectoryEntry> sample() {
    Entry directory = new Entry.Directory(CHILD, ATTRIBUTES);
    return List.of(
        new DirectoryEntry.Put(new EntryName("d"), directory),
        new DirectoryEntry.MovedIn(
            new EntryName("f"),
            file(new ContentLocator.Logged(OTHER.hex(), 7)),
            OTHER,
            new EntryName("g")),
        new DirectoryEntry.Remove(
            new EntryName("l"), new Entry.Symlink(CHILD, ATTRIBUTES, 2, "../f")),
        new DirectoryEntry.MovedOut(new EntryName("o"), directory, OTHER, new EntryName("p")));
  }

  private static Entry.File file(ContentLocator content) {
    Sha256 sha256 = Sha256.of(new byte[] {1, 2, 3, 4, 5});
    return new Entry.File(CHILD, NodeType.FILE, ATTRIBUTES, 3, 5, sha256, content);
  }

  private static String readByArrow(byte[] stream) throws IOException {
    StringBuilder table = new StringBuilder();
    try (RootAllocator allocator = new RootAllocator(1 << 20);
        ArrowStreamReader reader =
            new ArrowStreamReader(new ByteArrayInputStream(stream), allocator)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      table.append(
          String.join("\t", root.getSchema().getFields().stream().map(f -> f.getName()).toList()));
      table.append('\n');
      while (reader.loadNextBatch()) {
        for (int row = 0; row < root.getRowCount(); row++) {
          int at = row;
          table.append(
              String.join(
                  "\t", root.getFieldVectors().stream().map(v -> cell(v.getObject(at))).toList()));
          table.append('\n');
        }
      }
    }
    return table.toString();
  }

  private static String cell(Object value) {
    return value instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(value);
  }
}
