/**
 * What a journal does, as Micrometer's meters: start at {@link
 * io.duckpond.journal.metrics.MicrometerMetrics}. Nothing else needs Micrometer.
 */
@NullMarked
package io.duckpond.journal.metrics;

import org.jspecify.annotations.NullMarked;
