package io.duckpond.glob;

import io.duckpond.node.Entry;
import java.util.List;

/**
 * A node that a glob found.
 *
 * @param path absolute, by the names that led there; links in it are not resolved
 * @param captures what each wildcard stands for, from left to right; {@code **} gives one text for
 *     each level
 */
public record GlobMatch(String path, Entry entry, List<String> captures) {
  public GlobMatch {
    captures = List.copyOf(captures);
  }
}
