/** From the whole log to fresh state, checked: start at {@link io.duckpond.restore.ContentRoot}. */
@NullMarked
package io.duckpond.restore;

import org.jspecify.annotations.NullMarked;
