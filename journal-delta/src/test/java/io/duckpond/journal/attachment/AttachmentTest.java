package io.duckpond.journal.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.harness.Harness;
import io.duckpond.journal.commit.TextCodec;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.ForwardingDisk;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.RealDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachmentTest {
  @TempDir Path directory;

  private AttachedTable table() throws IOException {
    return new AttachedTable(Machine.real(), directory.resolve("table"));
  }

  private static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static List<Attachment> attachments(Object event) {
    return ((Attached<?>) event).attachments();
  }

  @Test
  void anEventComesBackWithReferencesToWhatWasAttached() throws Exception {
    byte[] large = random(2_500_000, 1);
    try (AttachedTable table = table()) {
      Attachment first = Attachment.of("é.bin", large);
      table.store("p", 1, Attached.to("a+b", first, Attachment.of(new byte[0])));
      table.store("p", 2, Attached.to("none"));
      table.store("p", 3, "plain");

      List<Object> events = table.events("p");

      assertThat(events).hasSize(3).last().isEqualTo("plain");
      assertThat(((Attached<?>) events.get(0)).event()).isEqualTo("a+b");
      assertThat(events.get(1)).isEqualTo(Attached.to("none"));
      List<Attachment> stored = attachments(events.get(0));
      assertThat(stored).hasSize(2).allMatch(StoredAttachment.class::isInstance);
      assertThat(stored.get(0).name()).isEqualTo("é.bin");
      assertThat(stored.get(0).size()).isEqualTo(large.length);
      assertThat(stored.get(0).sha256()).isEqualTo(first.sha256());
      assertThat(AttachedTable.bytes(stored.get(0))).isEqualTo(large);
      assertThat(AttachedTable.bytes(stored.get(1))).isEmpty();
      assertThat(stored.get(0).read(Runnable::run).toCompletableFuture().join()).isEqualTo(large);
      try (InputStream in = stored.get(0).open()) {
        assertThat(in.read()).isEqualTo(large[0] & 0xFF);
        in.skipNBytes(1_999_999);
        assertThat(in.read()).isEqualTo(large[2_000_000] & 0xFF);
      }
    }
  }

  @Test
  void aKeyFindsTheAttachmentAgainInAnotherProcess() throws Exception {
    AttachmentKey key;
    try (AttachedTable table = table()) {
      table.store("p", 1, Attached.to("a", Attachment.of("x", random(10, 1))));
      key = ((StoredAttachment) attachments(table.events("p").get(0)).get(0)).key();
    }
    try (AttachedTable table = table()) {
      StoredAttachments attachments = table.queue.events().attachments();
      StoredAttachment found = attachments.find(key);

      assertThat(key).isEqualTo(new AttachmentKey("p", 1, 0)).hasToString("p/1/0");
      assertThat(found.name()).isEqualTo("x");
      assertThat(AttachedTable.bytes(found)).isEqualTo(random(10, 1));
      for (AttachmentKey none :
          List.of(
              new AttachmentKey("p", 1, 1),
              new AttachmentKey("p", 2, 0),
              new AttachmentKey("q", 1, 0))) {
        assertThatThrownBy(() -> attachments.find(none))
            .isInstanceOf(NoSuchFileException.class)
            .hasMessageContaining(none.toString());
      }
    }
  }

  @Test
  void anAttachmentIsGoneWithItsEvent() throws Exception {
    try (AttachedTable table = table()) {
      for (int i = 1; i <= 3; i++) {
        table.store("p", i, Attached.to("e" + i, Attachment.of(random(10, i))));
      }
      List<Object> before = table.events("p");
      StoredAttachment deleted = (StoredAttachment) attachments(before.get(1)).get(0);

      table.delete("p", 2);

      assertThatThrownBy(deleted::open)
          .isInstanceOf(NoSuchFileException.class)
          .hasMessageContaining("p/2/0")
          .hasMessageContaining("deleted");
      assertThatThrownBy(() -> table.queue.events().attachments().find(deleted.key()))
          .isInstanceOf(NoSuchFileException.class);
      assertThat(AttachedTable.bytes(attachments(before.get(2)).get(0))).isEqualTo(random(10, 3));
    }
  }

  @Test
  void aReferenceOutlivesTheFileThatItWasReadFrom() throws Exception {
    byte[] large = random(2_500_000, 1);
    try (AttachedTable table = table()) {
      table.store("p", 1, Attached.to("a", Attachment.of(large)));
      table.store("p", 2, Attached.to("b", Attachment.of(random(10, 2))));
      List<Object> events = table.events("p");
      try (InputStream open = attachments(events.get(0)).get(0).open()) {
        byte[] begin = open.readNBytes(10);

        table.maintain();

        assertThat(begin).isEqualTo(Arrays.copyOf(large, 10));
        assertThat(open.readAllBytes()).isEqualTo(Arrays.copyOfRange(large, 10, large.length));
      }
      assertThat(AttachedTable.bytes(attachments(events.get(0)).get(0))).isEqualTo(large);
      assertThat(AttachedTable.bytes(attachments(events.get(1)).get(0))).isEqualTo(random(10, 2));
    }
  }

  @Test
  void whatCannotBeStoredIsRefusedBeforeAnythingIs() throws Exception {
    try (AttachedTable table = table()) {
      byte[] tooMuch = new byte[(int) (AttachedTable.MEMORY / 4)];
      assertThatThrownBy(() -> table.submit("p", 1, Attached.to("a", Attachment.of(tooMuch))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at most [" + tooMuch.length + "]");
      table.store("p", 1, Attached.to("a", Attachment.of(random(10, 1))));
      Attachment others = attachments(table.events("p").get(0)).get(0);
      assertThatThrownBy(() -> table.submit("p", 2, Attached.to("b", others)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("that of another event");
    }
    Path texts = directory.resolve("texts");
    try (AttachedTable table = new AttachedTable(Machine.real(), texts, new TextCodec())) {
      assertThatThrownBy(() -> table.submit("p", 1, Attached.to("a", Attachment.of(new byte[1]))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("takes no attachments");
    }
  }

  @Test
  void recoveryReadsNoAttachmentAndReadingOneOpensItsFileOnly() throws Exception {
    CountingDisk disk = new CountingDisk(new RealDisk());
    int events = 30;
    int size = 400_000;
    try (AttachedTable table = new AttachedTable(Machine.with(disk), directory.resolve("table"))) {
      for (int i = 1; i <= events; i++) {
        table.store(
            i % 2 == 0 ? "even" : "odd", i, Attached.to("e", Attachment.of(random(size, i))));
      }
      disk.reset();

      List<Object> odd = table.events("odd");

      assertThat(odd).hasSize(events / 2);
      assertThat(disk.opened).hasValue(events / 2);
      assertThat(disk.read.get()).isLessThan((long) size * events / 2 / 2);
      disk.reset();
      assertThat(AttachedTable.bytes(attachments(odd.get(5)).get(0))).isEqualTo(random(size, 11));
      assertThat(disk.read.get()).isLessThan(3L * size);
    }
  }

  private static final class CountingDisk extends ForwardingDisk {
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong read = new AtomicLong();

    CountingDisk(Disk disk) {
      super(disk);
    }

    void reset() {
      opened.set(0);
      read.set(0);
    }

    @Override
    public DiskReader open(Path file) throws IOException {
      DiskReader reader = super.open(file);
      opened.incrementAndGet();
      return new DiskReader() {
        @Override
        public long size() throws IOException {
          return reader.size();
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
          int count = reader.read(into, position);
          read.addAndGet(Math.max(0, count));
          return count;
        }

        @Override
        public void close() throws IOException {
          reader.close();
        }
      };
    }
  }

  @Test
  void damageOfAnAttachmentHurtsNobodyButItsReader() throws Exception {
    byte[] bytes = random(300_000, 7);
    try (AttachedTable table = table()) {
      table.store(
          "p", 1, Attached.to("a", Attachment.of(bytes), Attachment.of(random(300_000, 8))));
      flip(Arrays.copyOfRange(bytes, 1_000, 1_032));

      List<Object> events = table.events("p");

      assertThat(((Attached<?>) events.get(0)).event()).isEqualTo("a");
      assertThatThrownBy(() -> AttachedTable.bytes(attachments(events.get(0)).get(0)))
          .isInstanceOf(DamageException.class);
    }
  }

  /** Flips a bit of the stored bytes. */
  private void flip(byte[] stored) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("table"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".parquet")).toList()) {
        byte[] content = Files.readAllBytes(file);
        for (int i = 0; i + stored.length <= content.length; i++) {
          if (Arrays.equals(content, i, i + stored.length, stored, 0, stored.length)) {
            content[i] ^= 1;
            Files.write(file, content);
            return;
          }
        }
      }
    }
    throw new AssertionError("the bytes stand in no data file");
  }

  @Test
  void whateverIsAttachedComesBack() throws Exception {
    Harness harness = Harness.named("attachments");
    Random random = harness.random(0);
    int events = Harness.size(40, 3_000);
    List<List<byte[]>> attached = new ArrayList<>();
    try (AttachedTable table = table()) {
      for (int i = 0; i < events; i++) {
        List<byte[]> all = new ArrayList<>();
        int count = random.nextInt(4);
        for (int j = 0; j < count; j++) {
          all.add(random(length(random), random.nextLong()));
        }
        attached.add(all);
        table
            .submit(
                "p" + i % 3,
                i + 1,
                new Attached<>("e" + i, all.stream().map(Attachment::of).toList()))
            .toCompletableFuture();
        if (random.nextInt(3) == 0) {
          table.flush();
        }
      }
      table.flush();
      if (random.nextBoolean()) {
        table.maintain();
      }
      for (int part = 0; part < 3; part++) {
        List<Object> found = table.events("p" + part);
        for (int at = 0; at < found.size(); at++) {
          List<byte[]> expected = attached.get(at * 3 + part);
          List<Attachment> references = attachments(found.get(at));
          assertThat(references).as(harness.at(at)).hasSameSizeAs(expected);
          for (int i = 0; i < expected.size(); i++) {
            assertThat(AttachedTable.bytes(references.get(i)))
                .as(harness.at(at))
                .isEqualTo(expected.get(i));
            harness.count("attachments", 1);
            harness.count("bytes", expected.get(i).length);
          }
        }
      }
    }
    harness.report();
  }

  private static int length(Random random) {
    int edge = AttachmentRows.PART_BYTES;
    return switch (random.nextInt(10)) {
      case 0 -> edge - 1 + random.nextInt(3);
      case 1 -> 2 * edge - 1 + random.nextInt(3);
      case 2 -> 0;
      default -> random.nextInt(20_000);
    };
  }
}
