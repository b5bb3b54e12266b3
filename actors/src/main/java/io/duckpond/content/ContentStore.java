package io.duckpond.content;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * The folder {@code contents/}: large contents as plain files named by their SHA-256, each with the
 * digests of its 1 MiB blocks beside it. Equal contents are one file. Any thread.
 */
public final class ContentStore {

  /** A store in {@code directory}, which is created when the first large content arrives. */
  public ContentStore(Disk disk, Path directory, long inlineLimit) {}

  /**
   * Reads {@code in} to its end: up to the inline limit it comes back as bytes, beyond it is
   * written to a file with bounded memory. The file's bytes are synced on return, its name only
   * after {@link #sync}.
   */
  public NewContent take(InputStream in) throws IOException {
    throw new IllegalStateException("contract");
  }

  /** Makes the names of all contents taken so far durable; called before a commit. */
  public void sync() throws IOException {
    throw new IllegalStateException("contract");
  }

  /**
   * Opens a large content; each block is checked before any of its bytes is handed out. Damage or
   * absence is a {@code DamageException} that names {@code path}, expected and found.
   */
  public InputStream open(Sha256 sha256, Sha256 blocks, long size, String path) throws IOException {
    throw new IllegalStateException("contract");
  }

  /** Reads every byte of a content and checks it; for {@code restore --verify}. */
  public void verify(Sha256 sha256, Sha256 blocks, long size, String path) throws IOException {
    throw new IllegalStateException("contract");
  }
}
