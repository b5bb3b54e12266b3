/** States of one pond beside each other: as they were, what differs, and brought back. */
@NullMarked
package io.duckpond.diff;

import org.jspecify.annotations.NullMarked;
