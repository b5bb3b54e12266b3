/** The seam to the machine's files: start at {@link io.duckpond.journal.disk.Disk}. */
@NullMarked
package io.duckpond.journal.disk;

import org.jspecify.annotations.NullMarked;
