/**
 * A pond by messages, for actors of this JVM or another: what is asked and answered is plain values
 * that travel as CBOR. Start at {@link io.duckpond.protocol.PondService}, which gives the behavior
 * of an actor that answers, and {@link io.duckpond.protocol.PondProtocol}, which lists what it
 * takes.
 */
@NullMarked
package io.duckpond.protocol;

import org.jspecify.annotations.NullMarked;
