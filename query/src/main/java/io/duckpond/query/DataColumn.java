package io.duckpond.query;

import io.duckpond.query.parquet.SqlType;

/**
 * A column of a data file.
 *
 * @param name in SQL, where names differ by more than case
 * @param stored its name in the file
 * @param nullable whether there may be nulls, such as for pieces of a series that do not have it
 */
record DataColumn(String name, String stored, SqlType type, boolean nullable) {}
