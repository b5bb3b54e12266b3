package io.duckpond.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * How a copy behaves where it might refuse.
 *
 * @param excludes globs of host names or pond paths, relative to the source, to leave out
 * @param neverCopied host folders that are passed over (the pond's own)
 */
public record HostCopyOptions(Set<Flag> flags, List<String> excludes, Set<Path> neverCopied) {

  /** What may be asked for. */
  public enum Flag {
    /** Existing host files are replaced. */
    OVERWRITE,
    /** What a pond cannot hold is passed over with a warning. */
    SKIP_UNSUPPORTED,
    /** Nothing is changed; the report says what would be. */
    DRY_RUN
  }

  public HostCopyOptions {
    flags = Set.copyOf(flags);
    excludes = List.copyOf(excludes);
    neverCopied = Set.copyOf(neverCopied);
  }
}
