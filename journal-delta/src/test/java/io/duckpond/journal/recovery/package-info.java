/** Tests of bulk recovery. */
@NullMarked
package io.duckpond.journal.recovery;

import org.jspecify.annotations.NullMarked;
