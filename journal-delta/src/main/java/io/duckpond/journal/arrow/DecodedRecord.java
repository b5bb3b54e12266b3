package io.duckpond.journal.arrow;

import io.duckpond.journal.table.LogRecord;

/** A record of which the columns have been found, each row with its numbers. */
record DecodedRecord(LogRecord record, StreamDecoder.Batch batch) {}
