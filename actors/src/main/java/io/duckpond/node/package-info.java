/** What a tree is made of: start at {@link io.duckpond.node.Entry}. */
@NullMarked
package io.duckpond.node;

import org.jspecify.annotations.NullMarked;
