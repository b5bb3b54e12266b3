/** Tests of series without a pond. */
@org.jspecify.annotations.NullMarked
package io.duckpond.series;
