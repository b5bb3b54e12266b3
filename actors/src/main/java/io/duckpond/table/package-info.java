/**
 * Tables: what the columns of Parquet files are, and how those of a series grow. Start at {@link
 * io.duckpond.table.TableSchema}.
 */
@NullMarked
package io.duckpond.table;

import org.jspecify.annotations.NullMarked;
