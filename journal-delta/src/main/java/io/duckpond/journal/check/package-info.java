/**
 * What is wrong with a table, looked for in its files and never by opening it: start at {@link
 * io.duckpond.journal.check.TableCheck}.
 */
@NullMarked
package io.duckpond.journal.check;

import org.jspecify.annotations.NullMarked;
