/**
 * Tests of the command, run in process: start at {@link io.duckpond.launcher.CommandLineFixture}.
 */
@NullMarked
package io.duckpond.launcher;

import org.jspecify.annotations.NullMarked;
