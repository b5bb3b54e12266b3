package io.duckpond.names;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.path.EntryName;
import java.util.Arrays;

/**
 * A few names in order, their UTF-8 bytes end to end in one array: a name as an object takes 56
 * bytes more than its letters, here it takes two. Immutable.
 */
final class PackedNames {
  static final PackedNames NONE = new PackedNames(new byte[0], new char[0]);

  private final byte[] text;

  /** Where each name ends; chars reach far beyond what the names of two nodes take. */
  private final char[] ends;

  private PackedNames(byte[] text, char[] ends) {
    this.text = text;
    this.ends = ends;
  }

  int size() {
    return ends.length;
  }

  EntryName get(int index) {
    int start = start(index);
    return new EntryName(new String(text, start, ends[index] - start, UTF_8));
  }

  byte[] bytes(int index) {
    return Arrays.copyOfRange(text, start(index), ends[index]);
  }

  /** Returns the index of a name, or {@code -(place to insert it) - 1}. */
  int search(byte[] name, int from, int to) {
    int low = 0;
    int high = ends.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Arrays.compareUnsigned(text, start(middle), ends[middle], name, from, to);
      if (order < 0) {
        low = middle + 1;
      } else if (order > 0) {
        high = middle - 1;
      } else {
        return middle;
      }
    }
    return -low - 1;
  }

  PackedNames insert(int index, byte[] name) {
    int at = start(index);
    byte[] longer = new byte[text.length + name.length];
    System.arraycopy(text, 0, longer, 0, at);
    System.arraycopy(name, 0, longer, at, name.length);
    System.arraycopy(text, at, longer, at + name.length, text.length - at);
    char[] more = new char[ends.length + 1];
    System.arraycopy(ends, 0, more, 0, index);
    more[index] = (char) (at + name.length);
    for (int i = index; i < ends.length; i++) {
      more[i + 1] = (char) (ends[i] + name.length);
    }
    return new PackedNames(longer, more);
  }

  PackedNames remove(int index) {
    return slice(0, index).join(slice(index + 1, ends.length));
  }

  /** Returns the names from {@code from} until before {@code to}. */
  PackedNames slice(int from, int to) {
    if (from == to) {
      return NONE;
    }
    int start = start(from);
    char[] some = new char[to - from];
    for (int i = from; i < to; i++) {
      some[i - from] = (char) (ends[i] - start);
    }
    return new PackedNames(Arrays.copyOfRange(text, start, ends[to - 1]), some);
  }

  /** Returns these names and then {@code after}. */
  PackedNames join(PackedNames after) {
    byte[] both = Arrays.copyOf(text, text.length + after.text.length);
    System.arraycopy(after.text, 0, both, text.length, after.text.length);
    char[] all = Arrays.copyOf(ends, ends.length + after.ends.length);
    for (int i = 0; i < after.ends.length; i++) {
      all[ends.length + i] = (char) (text.length + after.ends[i]);
    }
    return new PackedNames(both, all);
  }

  private int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }
}
