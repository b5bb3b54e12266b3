/** Tests of attachments. */
@NullMarked
package io.duckpond.journal.attachment;

import org.jspecify.annotations.NullMarked;
