package io.duckpond.nio;

import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;

/**
 * What a pond knows of a node, all of it from one state of the pond. Its view is named {@code
 * pond}: {@code pond:version, pond:nodeId, pond:type, pond:sha256, pond:txnSeq}.
 *
 * <p>The creation time is that of the node, to the millisecond; access times are not kept, and are
 * those of modification.
 */
public interface PondFileAttributes extends PosixFileAttributes {

  /** Returns the number of the newest version, from 1; always 1 of a directory. */
  long version();

  /** Returns the node's identity, which no renaming changes. Also the file key. */
  NodeId nodeId();

  /** Returns what the node is, more exactly than the JDK asks. */
  NodeType type();

  /** Returns the SHA-256 of a file's newest version, in hexadecimal digits. */
  Optional<String> sha256();

  /** Returns the number of the transaction that the state is as of. */
  long txnSeq();
}
