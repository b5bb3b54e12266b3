/** Tests of the read journal. */
@NullMarked
package io.duckpond.journal.query;

import org.jspecify.annotations.NullMarked;
