package io.duckpond.content;

import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.util.function.Consumer;

/** What a collection asks of the log. What cannot be read is an exception, and ends it. */
public interface References {

  /**
   * Hands out, from any thread, every large content that any version in the log refers to, as the
   * log is now; each once or several times.
   */
  void all(Consumer<Sha256> sink) throws IOException;

  /**
   * Makes a commit that changes nothing, so that no writer can commit any more who has not seen it.
   * Then hands out what was committed since {@link #all} began.
   */
  void fence(Consumer<Sha256> sink) throws IOException;
}
