/**
 * A Hadoop-free engine for Delta Kernel on a {@link io.duckpond.journal.disk.Disk}: start at {@link
 * io.duckpond.journal.engine.DiskEngine}. The log's Parquet is written and read here and nowhere
 * else.
 */
@NullMarked
package io.duckpond.journal.engine;

import org.jspecify.annotations.NullMarked;
