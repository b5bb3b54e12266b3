package io.duckpond.journal.arrow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One inner row of a record.
 *
 * @param partId the partition it belongs to (in a staged file not that of the record)
 * @param values the codec's columns: String, byte[], Integer, Long or null; a list because it has
 *     nulls: never copied by {@code List.copyOf}
 * @param seqNr sequence number; 0 in a staged file
 * @param txnSeq transaction; taken from the record where the row has none
 * @param timestampMicros microseconds since the epoch; likewise
 * @param writer Pekko's writer UUID, or empty
 * @param manifest the event adapter's manifest, or empty
 * @param tags the event's tags
 * @param txnIndex position in the transaction
 */
public record InnerRow(
    String partId,
    List<@Nullable Object> values,
    long seqNr,
    long txnSeq,
    long timestampMicros,
    String writer,
    String manifest,
    List<String> tags,
    int txnIndex) {}
