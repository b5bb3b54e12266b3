/**
 * What the journal's performance is measured by, and the journals it is measured beside: start at
 * {@link io.duckpond.journal.benchmark.JournalBenchmarks}.
 */
@NullMarked
package io.duckpond.journal.benchmark;

import org.jspecify.annotations.NullMarked;
