/** The guided tour: start at {@link io.duckpond.launcher.tour.Tour}. */
@NullMarked
package io.duckpond.launcher.tour;

import org.jspecify.annotations.NullMarked;
