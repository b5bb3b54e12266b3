package io.duckpond;

import io.duckpond.journal.disk.Sha256;
import java.time.Duration;
import java.util.Optional;

/**
 * What a restore replayed and found.
 *
 * @param bytes content bytes read from the log, and from {@code contents/} if they were verified
 * @param contentRoot the tree hash of filesystem.md
 * @param snapshotsLeft why {@code snapshots/} was not rewritten, though it should have been
 */
public record RestoreReport(
    long txnSeq,
    long partitions,
    long events,
    long bytes,
    Duration took,
    Sha256 contentRoot,
    Optional<String> snapshotsLeft) {}
