/** The verbs, one class each: start at {@link io.duckpond.launcher.command.Verbs}. */
@NullMarked
package io.duckpond.launcher.command;

import org.jspecify.annotations.NullMarked;
