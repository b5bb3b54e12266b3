/**
 * What the long-running tests share: seeds, sizes, and the report of what they counted. Start at
 * {@link Harness}.
 */
@NullMarked
package io.duckpond.harness;

import org.jspecify.annotations.NullMarked;
