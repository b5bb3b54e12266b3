package io.duckpond;

import io.duckpond.content.Collected;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.oplog.Oplog;
import java.time.Duration;

/**
 * What upkeep has done.
 *
 * @param before the log's data files before
 * @param after the same after
 * @param collected what was removed from {@code contents/}
 * @param contentRoot the tree hash of filesystem.md, the same before and after
 */
public record MaintenanceReport(
    long txnSeq,
    Oplog.TableSize before,
    Oplog.TableSize after,
    Collected collected,
    Sha256 contentRoot,
    Duration took) {}
