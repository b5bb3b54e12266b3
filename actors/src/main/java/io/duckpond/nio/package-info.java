/**
 * Ponds for those who only know {@code java.nio.file}: start at {@link
 * io.duckpond.nio.PondFileSystems}.
 *
 * <p>{@link io.duckpond.nio.PondFileSystemProvider} is the one that the JDK finds.
 */
@NullMarked
package io.duckpond.nio;

import org.jspecify.annotations.NullMarked;
