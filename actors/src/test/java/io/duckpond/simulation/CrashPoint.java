package io.duckpond.simulation;

import io.duckpond.journal.disk.SimulatedDisk;

/**
 * A moment at which a process ended.
 *
 * @param where the operation on the disk that did not happen any more, and how the process ended
 * @param disk what the next process finds
 * @param acknowledged the newest transaction that somebody had been told of
 * @param asked commits that were asked for and not yet answered
 */
record CrashPoint(String where, SimulatedDisk disk, long acknowledged, long asked) {}
