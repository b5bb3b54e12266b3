package io.duckpond.content;

import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The large contents that somebody relies on before the log refers to them: a transaction those
 * that it has taken in, a commit those that it is about to name. No collection removes them until
 * they are let go. Any thread.
 */
public final class Holding implements AutoCloseable {
  private final ContentStore store;
  private final Registrations registrations;
  private final Set<Sha256> held = new HashSet<>();

  Holding(ContentStore store, Registrations registrations) {
    this.store = store;
    this.registrations = registrations;
  }

  /** Takes bytes in, as {@link ContentStore#take} does, and holds them. */
  public NewContent take(InputStream in) throws IOException {
    return store.take(in, Optional.empty(), this);
  }

  /** The same of bytes that must pass an examination. */
  public NewContent take(InputStream in, Examination examination) throws IOException {
    return store.take(in, Optional.of(examination), this);
  }

  /** Holds contents that are held already, or that the log refers to. */
  public synchronized void share(Collection<Sha256> contents) {
    for (Sha256 content : contents) {
      if (held.add(content)) {
        registrations.hold(content);
      }
    }
  }

  /** Before it is tested whether there is such a content. */
  synchronized void add(Sha256 content) {
    if (!held.contains(content)) {
      registrations.register(content);
      held.add(content);
    }
  }

  /** Lets all of them go; others may be held after that. */
  @Override
  public synchronized void close() {
    held.forEach(registrations::release);
    held.clear();
  }
}
