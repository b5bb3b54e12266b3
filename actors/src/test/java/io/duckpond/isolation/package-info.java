/**
 * Whether transactions are as isolated as they say: {@link io.duckpond.isolation.Script} lets three
 * clients change a pond at a time, {@link io.duckpond.isolation.History} is what they saw, and
 * {@link io.duckpond.isolation.Checker}, which knows nothing of the product, judges it.
 */
@org.jspecify.annotations.NullMarked
package io.duckpond.isolation;
