/** Faults planted in the code, each of which a harness must catch: start at {@code MutantTest}. */
@NullMarked
package io.duckpond.journal.mutant;

import org.jspecify.annotations.NullMarked;
