/**
 * Parquet files that others wrote, and that nobody has reason to trust: what they hold, or why they
 * cannot be read. Start at {@link io.duckpond.journal.parquet.ParquetInspection}.
 */
@NullMarked
package io.duckpond.journal.parquet;

import org.jspecify.annotations.NullMarked;
