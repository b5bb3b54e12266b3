package io.duckpond.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.journal.disk.Sha256;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class EntryTest {
  private static final NodeId CHILD = new NodeId(0x0123456789abcdefL, -3);
  private static final Sha256 HASH = Sha256.of(new byte[] {1});
  private static final Attributes ATTRIBUTES = new Attributes(0777, -5);

  private static Entry.File file(ContentLocator content) {
    return new Entry.File(CHILD, NodeType.SERIES, ATTRIBUTES, 7, 1L << 40, HASH, content);
  }

  @Test
  void aFileReturnsWhatItWasMadeOf() {
    List<ContentLocator> places =
        List.of(
            new ContentLocator.Logged(CHILD.hex(), 9),
            new ContentLocator.Logged(NodeId.ROOT.hex(), Long.MAX_VALUE),
            new ContentLocator.Logged(CHILD.hex().toUpperCase(Locale.ROOT), 9),
            new ContentLocator.Logged("elsewhere", 9),
            ContentLocator.Pending.PENDING);

    for (ContentLocator place : places) {
      Entry.File file = file(place);
      assertThat(file.child()).isEqualTo(CHILD);
      assertThat(file.type()).isEqualTo(NodeType.SERIES);
      assertThat(file.attributes()).isEqualTo(ATTRIBUTES);
      assertThat(file.version()).isEqualTo(7);
      assertThat(file.size()).isEqualTo(1L << 40);
      assertThat(file.sha256()).isEqualTo(HASH);
      assertThat(file.content()).isEqualTo(place);
    }
  }

  @Test
  void filesAreEqualIfAllTheirPartsAre() {
    ContentLocator place = new ContentLocator.Logged(CHILD.hex(), 9);
    Entry.File file = file(place);

    assertThat(file(place)).isEqualTo(file).hasSameHashCodeAs(file);
    assertThat(file.withContent(place)).isEqualTo(file);
    assertThat(file.withContent(new ContentLocator.Logged(CHILD.hex(), 8))).isNotEqualTo(file);
    assertThat(file.withContent(ContentLocator.Pending.PENDING)).isNotEqualTo(file);
    assertThat(file.withAttributes(new Attributes(0776, -5))).isNotEqualTo(file);
    assertThat(file.withAttributes(ATTRIBUTES)).isEqualTo(file);
    List<Entry.File> others =
        List.of(
            new Entry.File(NodeId.ROOT, NodeType.SERIES, ATTRIBUTES, 7, 1L << 40, HASH, place),
            new Entry.File(CHILD, NodeType.FILE, ATTRIBUTES, 7, 1L << 40, HASH, place),
            new Entry.File(CHILD, NodeType.SERIES, ATTRIBUTES, 6, 1L << 40, HASH, place),
            new Entry.File(CHILD, NodeType.SERIES, ATTRIBUTES, 7, 1, HASH, place),
            new Entry.File(CHILD, NodeType.SERIES, ATTRIBUTES, 7, 1L << 40, Sha256.ZERO, place));
    assertThat(others).doesNotContain(file);
  }
}
