package io.duckpond.journal.table;

import io.duckpond.journal.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Merges the data files of an open table, one plan after another. For one thread. */
record Merging(
    Disk disk,
    Path directory,
    Drafts drafts,
    RecordMerger merger,
    long fileBytes,
    Supplier<TableVersion> head,
    Commit commit) {
  private static final Logger LOG = LoggerFactory.getLogger(Merging.class);

  /** Finds out what to merge. */
  @FunctionalInterface
  interface Planner {
    Optional<MergePlan> plan(TableVersion version);
  }

  /** Makes merged files part of the table. */
  @FunctionalInterface
  interface Commit {
    TableVersion replace(MergePlan plan, List<MergedFile> merged);
  }

  /** Merges until there is nothing to merge. */
  void run(Planner planner) throws IOException {
    for (Optional<MergePlan> plan = planner.plan(head.get());
        plan.isPresent();
        plan = planner.plan(head.get())) {
      List<MergedFile> merged =
          new Merge(disk, directory, drafts, merger, fileBytes).run(plan.get());
      TableVersion made;
      try {
        made = commit.replace(plan.get(), merged);
      } catch (RuntimeException e) {
        drafts.remove(merged.stream().map(file -> file.draft().name()).toList());
        throw e;
      }
      LOG.debug(
          "version [{}] of [{}]: merged [{}] files into [{}]",
          made.version(),
          directory,
          plan.get().inputs().size(),
          merged.size());
    }
  }
}
