/**
 * Parquet files as rows of SQL values, some columns of them, page by page: start at {@link
 * io.duckpond.query.parquet.TableFile}. It knows nothing of ponds: bytes come from a {@link
 * io.duckpond.journal.disk.DiskReader}.
 */
@NullMarked
package io.duckpond.query.parquet;

import org.jspecify.annotations.NullMarked;
