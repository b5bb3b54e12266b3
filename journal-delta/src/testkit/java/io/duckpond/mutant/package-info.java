/**
 * Faults planted in the project's classes as they are loaded, to see that the tests notice. Start
 * with {@code Mutant}, which says what is changed, and {@code Mutants}, which runs a test over it.
 */
@NullMarked
package io.duckpond.mutant;

import org.jspecify.annotations.NullMarked;
