package io.duckpond.content;

import io.duckpond.journal.disk.DiskReader;
import java.io.IOException;

/** Looks at bytes that are about to become a content. */
public interface Examination {

  /**
   * Refuses them by throwing; then nothing of them is kept.
   *
   * @param bytes all of them, to be read in any order on this thread; closed afterwards
   */
  void examine(DiskReader bytes) throws IOException;
}
