/** Trees of the host's filesystem: start at {@link io.duckpond.host.HostCopy}. */
@NullMarked
package io.duckpond.host;

import org.jspecify.annotations.NullMarked;
