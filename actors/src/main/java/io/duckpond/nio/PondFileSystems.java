package io.duckpond.nio;

import io.duckpond.Pond;
import io.duckpond.PondView;
import io.duckpond.Transaction;
import java.nio.file.FileSystem;
import java.nio.file.spi.FileSystemProvider;

/**
 * Ponds that are open as {@link FileSystem}s. Closing one of these closes its channels and leaves
 * the pond, or the transaction, to whoever opened it.
 *
 * <p>By name there is {@code FileSystems.newFileSystem(URI, env)} with a URI like {@code
 * pond:/folder!/?as-of=7}, which opens the pond too, and {@code FileSystems.newFileSystem(Path)}
 * with the pond's folder. Of {@code env} count {@code create} ("true": makes the pond if there is
 * none), {@code settings} (a {@code PondSettings}) and {@code pond} (one that is open). {@code
 * Path.of(URI)} finds what is open.
 *
 * <p>Where it differs from the JDK's own: what a channel writes becomes one version, and visible to
 * others, when it is closed or forced; access times and owners are not kept, modes not enforced;
 * nothing can be mapped into memory, hard-linked or watched; a directory's time does not change
 * when its entries do; a file in the middle of a path is a {@code NotDirectoryException}.
 */
public final class PondFileSystems {
  private PondFileSystems() {}

  /**
   * Returns the newest state of a pond. Each changing call is one transaction, durable when it
   * returns. Any thread. Each caller gets one of its own to close; {@code Path.of(URI)} is of the
   * first that is open.
   */
  public static FileSystem of(Pond pond) {
    return provider().fileSystems().of(pond);
  }

  /**
   * Returns what a transaction sees; its changes are committed by whoever opened it, as one. Not
   * for use by several threads while the transaction is used otherwise.
   */
  public static FileSystem of(Transaction transaction) {
    return provider().fileSystems().of(transaction);
  }

  /**
   * Returns a committed state, for ever the same; changes are {@code ReadOnlyFileSystemException}s.
   */
  public static FileSystem of(Pond pond, PondView view) {
    return provider().fileSystems().of(pond, view);
  }

  /** The one that the JDK has found, if it could see it, so that all paths are of one provider. */
  private static PondFileSystemProvider provider() {
    return Found.PROVIDER;
  }

  /** Looked for when first needed. */
  private static final class Found {
    static final PondFileSystemProvider PROVIDER =
        FileSystemProvider.installedProviders().stream()
            .filter(PondFileSystemProvider.class::isInstance)
            .map(PondFileSystemProvider.class::cast)
            .findFirst()
            .orElseGet(PondFileSystemProvider::new);
  }
}
