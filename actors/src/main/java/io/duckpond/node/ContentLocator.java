package io.duckpond.node;

/**
 * Where the log row of a content stands: found by partition, sequence number, node and version. The
 * row is an attachment with the bytes, or an event row that has the hashes of a file in {@code
 * contents/}.
 */
public sealed interface ContentLocator {

  /** In a partition, or in a staged file, of the log. */
  record Logged(String partId, long seqNr) implements ContentLocator {}

  /** In the workspace; it gets its place when the Committer orders the transaction. */
  enum Pending implements ContentLocator {
    PENDING
  }
}
