/**
 * For the tests of applications: the real journal and snapshot store on a disk in memory. Start at
 * {@link io.duckpond.journal.testkit.DeltaJournalTestKit}.
 */
@NullMarked
package io.duckpond.journal.testkit;

import org.jspecify.annotations.NullMarked;
