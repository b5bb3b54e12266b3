package io.duckpond.table;

/**
 * A column of a table.
 *
 * @param type Parquet's, as text: {@code int64}, {@code binary (string)}; equal for equal types,
 *     whether or not there may be nulls
 */
public record TableColumn(String name, String type) {}
