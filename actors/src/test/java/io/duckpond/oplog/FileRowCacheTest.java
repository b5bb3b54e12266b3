package io.duckpond.oplog;

import static io.duckpond.oplog.TestLog.node;
import static io.duckpond.oplog.TestLog.small;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.node.ContentLocator;
import io.duckpond.node.NodeId;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FileRowCacheTest {
  private final FileRowCache cache = new FileRowCache(100);

  @Test
  void findsARowByPartitionNumberNodeAndVersion() {
    cache.add(rows("p", 3, 5, 1, 10));

    assertThat(cache.find(new ContentLocator.Logged("p", 4), key(node(1), 1))).isPresent();
    assertThat(cache.find(new ContentLocator.Logged("p", 6), key(node(1), 1))).isEmpty();
    assertThat(cache.find(new ContentLocator.Logged("p", 2), key(node(1), 1))).isEmpty();
    assertThat(cache.find(new ContentLocator.Logged("q", 4), key(node(1), 1))).isEmpty();
    assertThat(cache.find(new ContentLocator.Logged("p", 4), key(node(2), 1))).isEmpty();
    assertThat(cache.find(new ContentLocator.Logged("p", 4), key(node(1), 2))).isEmpty();
  }

  @Test
  void dropsTheLeastRecentlyUsedBeyondItsBytes() {
    cache.add(rows("p", 1, 1, 1, 40));
    cache.add(rows("q", 1, 1, 2, 40));
    cache.find(new ContentLocator.Logged("p", 1), key(node(1), 1));
    cache.add(rows("r", 1, 1, 3, 40));

    assertThat(cache.bytes()).isEqualTo(80);
    assertThat(cache.find(new ContentLocator.Logged("p", 1), key(node(1), 1))).isPresent();
    assertThat(cache.find(new ContentLocator.Logged("q", 1), key(node(2), 1))).isEmpty();
    assertThat(cache.find(new ContentLocator.Logged("r", 1), key(node(3), 1))).isPresent();
  }

  @Test
  void keepsTheLastOneHoweverLarge() {
    cache.add(rows("p", 1, 1, 1, 40));
    cache.add(rows("q", 1, 1, 2, 1000));

    assertThat(cache.bytes()).isEqualTo(1000);
    assertThat(cache.find(new ContentLocator.Logged("q", 1), key(node(2), 1))).isPresent();
  }

  private static FileRowCache.Rows rows(
      String partId, long first, long last, long node, long bytes) {
    return new FileRowCache.Rows(
        partId, first, last, false, Map.of(key(node(node), 1), small(node(node), "x")), bytes);
  }

  private static FileRowCache.Key key(NodeId node, long version) {
    return FileRowCache.Key.ofBytes(node, version);
  }
}
