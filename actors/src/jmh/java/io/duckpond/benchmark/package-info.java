/**
 * What reading a loaded tree costs, beside jimfs: start at {@link
 * io.duckpond.benchmark.FilesystemBenchmarks}.
 */
@NullMarked
package io.duckpond.benchmark;

import org.jspecify.annotations.NullMarked;
