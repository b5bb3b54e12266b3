/**
 * For the tests of services: real ponds on a disk in memory. Start at {@link
 * io.duckpond.testkit.PondTestKit}, or with JUnit at {@link io.duckpond.testkit.PondExtension}.
 */
@NullMarked
package io.duckpond.testkit;

import org.jspecify.annotations.NullMarked;
