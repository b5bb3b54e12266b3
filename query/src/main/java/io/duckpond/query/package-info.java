/**
 * SQL over a pond's present and history, for reading only: start at {@link
 * io.duckpond.query.PondSql}, or at {@link io.duckpond.query.PondDriver} for JDBC.
 *
 * <p>{@code PondSchema} lists the tables; {@code PondScan} is how a plan reads one of them, and
 * {@code PondScanRule} moves filters into it. {@code DataTables} finds data files by their paths,
 * and {@code DataScan} is how a plan reads one. {@code TimeTravel} resolves AS OF.
 */
@NullMarked
package io.duckpond.query;

import org.jspecify.annotations.NullMarked;
