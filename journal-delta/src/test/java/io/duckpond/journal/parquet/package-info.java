@NullMarked
package io.duckpond.journal.parquet;

import org.jspecify.annotations.NullMarked;
