package io.duckpond.host;

import io.duckpond.Progress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Counts what a copy does, and tells those who watch. For one thread, but for warnings. */
final class Tally {
  private final Progress progress;
  private final boolean dryRun;
  private final List<String> changed = new ArrayList<>();
  private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
  private long files;
  private long directories;
  private long symlinks;
  private long bytes;
  private long unfinished;
  private long unchanged;

  Tally(Progress progress, boolean dryRun) {
    this.progress = progress;
    this.dryRun = dryRun;
  }

  void scanned(long nodes, long size) {
    progress.at("scan", nodes, size);
  }

  /** Some bytes of a file that is not finished. */
  void moved(long count) {
    unfinished += count;
    report();
  }

  void file(String path, long size) {
    files++;
    unfinished = 0;
    bytes += size;
    change(path);
  }

  void directory(String path) {
    directories++;
    change(path);
  }

  void symlink(String path) {
    symlinks++;
    change(path);
  }

  void unchanged() {
    unchanged++;
    unfinished = 0;
    report();
  }

  void warn(String warning) {
    warnings.add(warning);
  }

  HostCopyReport result() {
    return new HostCopyReport(files, directories, symlinks, bytes, unchanged, changed, warnings);
  }

  private void change(String path) {
    if (dryRun) {
      changed.add(path);
    }
    report();
  }

  private void report() {
    progress.at("copy", files + directories + symlinks + unchanged, bytes + unfinished);
  }
}
