package io.duckpond.check;

import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.NodeId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where versions of files stand, as one number each, so that millions of them fit into memory. Two
 * different rows have the same number about once in 2^64 / rows; then a missing one goes unnoticed.
 * Any thread.
 */
final class RowIndex {
  private final Set<Long> rows = ConcurrentHashMap.newKeySet();

  void add(ContentLocator.Logged place, NodeId node, long version, Sha256 sha256) {
    rows.add(number(place, node, version, sha256));
  }

  boolean has(ContentLocator.Logged place, NodeId node, long version, Sha256 sha256) {
    return rows.contains(number(place, node, version, sha256));
  }

  private static long number(
      ContentLocator.Logged place, NodeId node, long version, Sha256 sha256) {
    long number = mixed(sha256.first());
    number = mixed(number ^ hash(place.partId()));
    number = mixed(number ^ hash(node.hex()));
    number = mixed(number ^ place.seqNr());
    return mixed(number ^ version);
  }

  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  private static long mixed(long value) {
    long mixed = (value + 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
