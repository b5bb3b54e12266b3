/** Values as text: start at {@link io.duckpond.launcher.render.Names}. */
@NullMarked
package io.duckpond.launcher.render;

import org.jspecify.annotations.NullMarked;
