/** The example of the README: start at {@link io.duckpond.journal.example.Account}. */
@NullMarked
package io.duckpond.journal.example;

import org.jspecify.annotations.NullMarked;
