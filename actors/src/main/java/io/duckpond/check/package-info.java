/**
 * What is wrong with a pond, found from its files: start at {@link io.duckpond.check.Inspection}.
 */
@NullMarked
package io.duckpond.check;

import org.jspecify.annotations.NullMarked;
