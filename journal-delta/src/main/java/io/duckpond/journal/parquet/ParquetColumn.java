package io.duckpond.journal.parquet;

/**
 * A column of a table, a nested one with all that is in it.
 *
 * @param type such as {@code int64}, {@code binary (string)} or {@code group {repeated int32 x}};
 *     equal for equal types, whether or not there may be nulls
 */
public record ParquetColumn(String name, String type) {}
