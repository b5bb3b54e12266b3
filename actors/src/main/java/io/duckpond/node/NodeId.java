package io.duckpond.node;

import java.util.HexFormat;

/** The identity of a node for ever: a UUIDv7, written as 32 hexadecimal digits. */
public record NodeId(long high, long low) implements Comparable<NodeId> {

  /** The root directory of every pond. */
  public static final NodeId ROOT = parse("00000000000070008000000000000000");

  /** Returns the id of 32 hexadecimal digits, or throws {@link IllegalArgumentException}. */
  public static NodeId parse(String hex) {
    if (hex.length() != 32) {
      throw new IllegalArgumentException("not a node id: '" + hex + "'");
    }
    return new NodeId(
        HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
  }

  /** Returns whether {@code text} is what {@link #hex} of some id returns. */
  static boolean isHex(String text) {
    if (text.length() != 32) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** Returns 32 lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }

  @Override
  public int compareTo(NodeId other) {
    int first = Long.compareUnsigned(high, other.high);
    return first != 0 ? first : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    return hex();
  }
}
