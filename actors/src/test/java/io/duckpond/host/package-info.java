/** Tests of copies between host and pond: start at {@code HostScene}. */
@NullMarked
package io.duckpond.host;

import org.jspecify.annotations.NullMarked;
