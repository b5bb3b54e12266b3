/** A Hadoop-free engine for Delta Kernel on a {@link io.duckpond.journal.disk.Disk}. */
@NullMarked
package io.duckpond.journal.engine;

import org.jspecify.annotations.NullMarked;
