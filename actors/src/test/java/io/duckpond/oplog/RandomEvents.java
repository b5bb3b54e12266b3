package io.duckpond.oplog;

import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.Attributes;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import io.duckpond.path.EntryName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.pekko.util.ByteString;

/** Arbitrary events of a seed. */
final class RandomEvents {
  private static final String[] NAMES = {
    "a", "file name", "-dash", "line\nbreak", "\uD83E\uDD86", "é"
  };
  private final Random random;

  RandomEvents(long seed) {
    this.random = new Random(seed);
  }

  DirectoryEvent event() {
    NodeId directory = node();
    Optional<Attributes> own =
        random.nextInt(4) == 0 ? Optional.of(attributes()) : Optional.empty();
    List<OplogEntry> entries = new ArrayList<>();
    entries.add(new OplogEntry.DirectoryChanged(directory, changes(), own));
    IntStream.range(0, random.nextInt(4)).forEach(i -> entries.add(content()));
    return new DirectoryEvent(DirectoryEvent.Group.STORED, entries);
  }

  List<DirectoryEntry> changes() {
    int rows = random.nextInt(20);
    return IntStream.range(0, rows).mapToObj(this::change).toList();
  }

  private DirectoryEntry change(int row) {
    EntryName name = name(row);
    return switch (random.nextInt(4)) {
      case 0 -> new DirectoryEntry.Remove(name, entry());
      case 1 -> new DirectoryEntry.MovedIn(name, entry(), node(), name(row + 1));
      case 2 -> new DirectoryEntry.MovedOut(name, entry(), node(), name(row + 2));
      default -> new DirectoryEntry.Put(name, entry());
    };
  }

  Entry entry() {
    return switch (random.nextInt(3)) {
      case 0 -> new Entry.Directory(node(), attributes());
      case 1 -> new Entry.Symlink(node(), attributes(), 1 + random.nextInt(9), "../" + name(7));
      default ->
          new Entry.File(
              node(),
              random.nextBoolean() ? NodeType.FILE : NodeType.TABLE,
              attributes(),
              1 + random.nextInt(9),
              random.nextLong(1L << 40),
              sha256(),
              new ContentLocator.Logged(node().hex(), random.nextLong(1L << 40)));
    };
  }

  /** A row of a file or a link; never a directory's. */
  OplogEntry content() {
    return switch (random.nextInt(3)) {
      case 0 -> smallFile();
      case 1 ->
          new OplogEntry.LargeFile(
              node(), NodeType.FILE, 3, random.nextLong(1L << 40), sha256(), sha256());
      default -> new OplogEntry.Link(node(), 1, "tärget " + random.nextInt());
    };
  }

  OplogEntry.SmallFile smallFile() {
    byte[] bytes = new byte[random.nextInt(5) * random.nextInt(100)];
    random.nextBytes(bytes);
    return new OplogEntry.SmallFile(
        node(),
        NodeType.FILE,
        1 + random.nextInt(5),
        Sha256.of(bytes),
        ByteString.fromArray(bytes));
  }

  NodeId node() {
    return new NodeId(random.nextLong(), random.nextLong());
  }

  private EntryName name(int row) {
    return new EntryName(NAMES[random.nextInt(NAMES.length)] + row);
  }

  private Attributes attributes() {
    return new Attributes(random.nextInt(01000), random.nextLong());
  }

  private Sha256 sha256() {
    return new Sha256(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }
}
