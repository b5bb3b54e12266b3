package io.duckpond.dynamic;

/** A node that is computed when it is read. */
public sealed interface DynamicNode permits DynamicDirectory, DynamicFile {}
