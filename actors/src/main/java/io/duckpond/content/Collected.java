package io.duckpond.content;

/**
 * What was removed from {@code contents/}.
 *
 * @param contents large contents that no version referred to
 * @param temporaries files that killed processes were taking in
 * @param bytes of all of them
 */
public record Collected(long contents, long temporaries, long bytes) {
  /** Nothing. */
  public static final Collected NOTHING = new Collected(0, 0, 0);

  Collected plus(Collected other) {
    return new Collected(
        contents + other.contents, temporaries + other.temporaries, bytes + other.bytes);
  }
}
