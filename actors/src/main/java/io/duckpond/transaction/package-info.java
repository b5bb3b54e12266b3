/** From a workspace's changes to one commit. */
@NullMarked
package io.duckpond.transaction;

import org.jspecify.annotations.NullMarked;
