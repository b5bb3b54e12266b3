package io.duckpond.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.util.ByteString;

/** What an answer tells. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
  @JsonSubTypes.Type(value = Payload.Node.class, name = "node"),
  @JsonSubTypes.Type(value = Payload.Listing.class, name = "listing"),
  @JsonSubTypes.Type(value = Payload.Content.class, name = "content"),
  @JsonSubTypes.Type(value = Payload.Matches.class, name = "matches"),
  @JsonSubTypes.Type(value = Payload.Committed.class, name = "committed")
})
public sealed interface Payload {

  /**
   * A node.
   *
   * @param path absolute
   * @param id the same wherever the node is moved
   * @param mode permission bits
   * @param modifiedNanos modification time, nanoseconds since the epoch
   * @param version the newest; of a series the number of its pieces
   * @param size bytes, if it has any and they are known
   * @param sha256 of the newest version, in hexadecimal
   * @param target of a symbolic link
   */
  record Node(
      String path,
      String id,
      NodeType type,
      int mode,
      long modifiedNanos,
      long version,
      OptionalLong size,
      Optional<String> sha256,
      Optional<String> target)
      implements Payload {

    static Node of(String path, Entry entry) {
      OptionalLong size = OptionalLong.empty();
      Optional<String> sha256 = Optional.empty();
      Optional<String> target = Optional.empty();
      if (entry instanceof Entry.File file && !file.type().isDynamic()) {
        size = OptionalLong.of(file.size());
        sha256 = Optional.of(file.sha256().hex());
      } else if (entry instanceof Entry.Computed computed) {
        size = computed.size();
      } else if (entry instanceof Entry.Symlink link) {
        target = Optional.of(link.target());
      }
      return new Node(
          path,
          entry.child().hex(),
          entry.type(),
          entry.attributes().mode(),
          entry.attributes().modifiedNanos(),
          entry.version(),
          size,
          sha256,
          target);
    }
  }

  /**
   * Entries of a directory, in name order.
   *
   * @param next the name to ask for the rest after, if there is a rest
   */
  record Listing(List<Node> nodes, Optional<String> next) implements Payload {
    public Listing {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * Bytes of a file.
   *
   * @param from where they begin in it
   * @param node the file; its size tells whether there are more
   */
  record Content(Node node, long from, @BinaryBytes ByteString bytes) implements Payload {}

  /**
   * A node that a pattern found.
   *
   * @param captures what each wildcard stands for
   */
  record Match(Node node, List<String> captures) {
    public Match {
      captures = List.copyOf(captures);
    }
  }

  /** What a pattern found first, and whether that is all. */
  record Matches(List<Match> matches, Rest rest) implements Payload {
    public Matches {
      matches = List.copyOf(matches);
    }
  }

  /** Whether there is more of something. */
  enum Rest {
    NONE,
    MORE
  }

  /**
   * A transaction that is durable.
   *
   * @param txnSeq its number; that of the newest state if there was nothing to commit
   * @param instant when it was committed
   */
  record Committed(long txnSeq, Instant instant) implements Payload {}
}
