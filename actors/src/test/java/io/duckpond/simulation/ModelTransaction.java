package io.duckpond.simulation;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.util.ByteString;

/** The changes of one transaction on the model. What a pond would refuse is not asked of it. */
final class ModelTransaction {
  private static final AtomicLong NODES = new AtomicLong();

  private final long pin;
  private final ModelTree seen;
  private final long number = NODES.incrementAndGet();
  private ModelTree tree;

  ModelTransaction(long pin, ModelTree seen) {
    this.pin = pin;
    this.seen = seen;
    this.tree = seen;
  }

  ModelTree tree() {
    return tree;
  }

  ModelChange change() {
    return new ModelChange(pin, seen, tree.withoutRemoved());
  }

  void makeDirectory(ModelPlace place, long now) {
    put(place, new ModelEntry.Directory(NODES.incrementAndGet(), now));
  }

  void link(ModelPlace place, String target, long now) {
    put(place, new ModelEntry.Link(NODES.incrementAndGet(), now, target));
  }

  /** Writes a new version of a file; several in one transaction are one. */
  void write(ModelPlace place, ByteString bytes, long now) {
    ModelEntry.File file =
        place.entry().orElse(null) instanceof ModelEntry.File before
            ? new ModelEntry.File(
                before.node(),
                now,
                before.writer() == number ? before.version() : before.version() + 1,
                number,
                bytes)
            : new ModelEntry.File(NODES.incrementAndGet(), now, 1, number, bytes);
    put(place, file);
  }

  void touch(ModelPlace place, long now) {
    put(place, place.entry().orElseThrow().modifiedAt(now));
  }

  void remove(ModelPlace place) {
    tree = tree.with(place.directory(), place.name(), Optional.empty());
  }

  /** Moves what is at one place to another, whose own entry goes. */
  void move(ModelPlace from, ModelPlace to) {
    ModelEntry moved = from.entry().orElseThrow();
    remove(from);
    put(to, moved);
  }

  private void put(ModelPlace place, ModelEntry entry) {
    tree = tree.with(place.directory(), place.name(), Optional.of(entry));
  }
}
