package io.duckpond;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code pond status} says, but for uncommitted changes.
 *
 * @param lastCommitMicros time of transaction {@code txnSeq}, microseconds since the epoch
 * @param nodes living nodes by stored type name, the root included
 * @param files data files of the log
 * @param bytes their bytes
 * @param lockHolder who writes now, if somebody does
 */
public record PondStatus(
    Path directory,
    String id,
    long txnSeq,
    long lastCommitMicros,
    Map<String, Long> nodes,
    int files,
    long bytes,
    Optional<String> lockHolder) {}
