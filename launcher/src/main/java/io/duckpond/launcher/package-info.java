/**
 * The {@code pond} command: start at {@link io.duckpond.launcher.Main}, which hands the words of
 * the command line to {@link io.duckpond.launcher.PondCommand} and its verbs in {@code .command}. A
 * verb parses, calls the library through a {@link io.duckpond.launcher.PondSession}, and prints;
 * what another embedder would need is not here.
 */
@NullMarked
package io.duckpond.launcher;

import org.jspecify.annotations.NullMarked;
