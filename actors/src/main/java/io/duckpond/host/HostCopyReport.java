package io.duckpond.host;

import java.util.List;

/**
 * What a copy did, or would do.
 *
 * @param changed paths written, in order; filled only for a dry run
 * @param unchanged nodes that were the same already
 * @param warnings one line each
 */
public record HostCopyReport(
    long files,
    long directories,
    long symlinks,
    long bytes,
    long unchanged,
    List<String> changed,
    List<String> warnings) {
  public HostCopyReport {
    changed = List.copyOf(changed);
    warnings = List.copyOf(warnings);
  }
}
