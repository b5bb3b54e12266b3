package io.duckpond.launcher.tour;

import java.time.Duration;

/**
 * What a tour has shown.
 *
 * @param nodes compared, of the tree that came out
 * @param contentRoot before and after the restore
 */
public record TourReport(long nodes, String contentRoot, Duration took) {}
