/**
 * Actors in a simulation: start at {@link io.duckpond.simulation.DrivenPekko}, which gives an actor
 * system the one thread and the time of {@link io.duckpond.simulation.PlayedThreads}.
 */
@org.jspecify.annotations.NullMarked
package io.duckpond.simulation;
