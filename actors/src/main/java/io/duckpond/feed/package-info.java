/**
 * What transactions changed, one element each, as they are committed. Start at {@link
 * io.duckpond.feed.ChangeFeed}.
 */
@NullMarked
package io.duckpond.feed;

import org.jspecify.annotations.NullMarked;
