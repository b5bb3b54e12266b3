package io.duckpond.isolation;

/**
 * Something that a client asks of its transaction.
 *
 * @param number no other call has it
 * @param other the second path of a move, a target, bytes, a mode, the number of a savepoint
 * @param now the time of the clock, nanoseconds since the epoch
 */
record Call(long number, Verb verb, String path, String other, long now) {

  /** What can be asked; the answer is what was read, or the class of the refusal. */
  enum Verb {
    LIST,
    WALK,
    READ,
    STAT,
    EXISTS,
    READ_LINK,
    CREATE,
    WRITE,
    APPEND,
    MKDIR,
    MKDIRS,
    SYMLINK,
    RENAME,
    REPLACE,
    REMOVE,
    REMOVE_RECURSIVELY,
    TOUCH,
    CHMOD,
    SAVEPOINT,
    ROLL_BACK,
    RELEASE;

    boolean reads() {
      return ordinal() <= READ_LINK.ordinal();
    }
  }

  /** Returns the node that this call creates; {@code index} if it creates several. */
  long node(int index) {
    return number * 10 + index + 1;
  }

  /** Returns which of {@code savepoints} is meant. */
  int savepoint(int savepoints) {
    return Integer.parseInt(other) % savepoints;
  }

  @Override
  public String toString() {
    String shown = other.length() > 20 ? other.substring(0, 20) + "…" : other;
    return verb + " " + path + (shown.isEmpty() ? "" : " " + shown);
  }
}
