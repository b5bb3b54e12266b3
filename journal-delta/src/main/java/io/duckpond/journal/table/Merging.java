package io.duckpond.journal.table;

import io.duckpond.journal.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
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
    boolean forgetsDeleted,
    Supplier<TableVersion> head,
    RecentFlushes recent,
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
    TableVersion replace(MergePlan plan, Merge.Result merged);
  }

  /** Merges until there is nothing to merge. */
  void run(Planner planner) throws IOException {
    while (runOnce(planner)) {}
  }

  /** Merges once; returns whether there was anything to merge. */
  boolean runOnce(Planner planner) throws IOException {
    TableVersion version = head.get();
    Optional<MergePlan> plan = planner.plan(version);
    if (plan.isEmpty()) {
      return false;
    }
    DeletedRecords deleted =
        forgetsDeleted ? DeletedRecords.of(version, plan.get()) : DeletedRecords.NONE;
    Merge.Result merged =
        new Merge(disk, directory, drafts, merger, fileBytes, deleted, recent).run(plan.get());
    TableVersion made;
    try {
      made = commit.replace(plan.get(), merged);
    } catch (RuntimeException e) {
      drafts.remove(merged.draftNames());
      throw e;
    }
    recent.remove(plan.get().inputs().stream().map(DataFile::name).toList());
    LOG.debug(
        "version [{}] of [{}]: merged [{}] files into [{}], without [{}] deleted records",
        made.version(),
        directory,
        plan.get().inputs().size(),
        merged.files().size(),
        merged.forgotten());
    return true;
  }
}
