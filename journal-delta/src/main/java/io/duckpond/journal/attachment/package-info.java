/**
 * Bulk bytes beside events: start at {@link io.duckpond.journal.attachment.Attached}.
 *
 * <p>An event with attachments is stored as its codec's rows and one more of kind event, which
 * lists what is attached; the bytes stand in rows of kind attachment, which recovery does not read.
 */
@NullMarked
package io.duckpond.journal.attachment;

import org.jspecify.annotations.NullMarked;
