package io.duckpond.content;

import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which contents are relied on in this process though the log may not refer to them, and the list
 * of them that another process sees. A content is registered before it is tested whether it is
 * there; a collection takes away what is not registered. Neither happens while the other does. Any
 * thread.
 */
final class Registrations implements AutoCloseable {
  private final TakenList list;
  private final Map<Sha256, Integer> held = new HashMap<>();

  /** All that were held at any time since a collection began; empty if there is none. */
  private Optional<Set<Sha256>> noted = Optional.empty();

  Registrations(TakenList list) {
    this.list = list;
  }

  /** Has nobody take a content away, here or elsewhere, until it is released as often. */
  synchronized void register(Sha256 content) {
    list.add(content, held.keySet());
    hold(content);
  }

  /** The same of what is registered, or in the log: no other process takes that away. */
  synchronized void hold(Sha256 content) {
    held.merge(content, 1, Integer::sum);
    noted.ifPresent(all -> all.add(content));
  }

  synchronized void release(Sha256 content) {
    int count = held.getOrDefault(content, 0);
    if (count > 1) {
      held.put(content, count - 1);
    } else {
      held.remove(content);
    }
  }

  /** From now on it is remembered what was held, be it released or not. */
  synchronized void begin() {
    noted = Optional.of(new HashSet<>(held.keySet()));
  }

  synchronized void end() {
    noted = Optional.empty();
  }

  /** Takes contents away. */
  interface Taking {
    void take(Collection<Sha256> contents) throws IOException;
  }

  /**
   * Takes away those contents that nobody has held since {@link #begin}. Whoever registers one
   * meanwhile waits, and finds it gone.
   */
  synchronized void takeUnheld(Collection<Sha256> contents, Taking taking) throws IOException {
    Set<Sha256> kept = noted.orElseThrow();
    taking.take(contents.stream().filter(each -> !kept.contains(each)).toList());
  }

  /** Takes back the list; this process takes no more contents in. */
  @Override
  public synchronized void close() {
    list.close();
  }
}
