package io.duckpond.nio.agreement;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One step of a script; its text is what a failing run prints. */
sealed interface Step {

  /** What happens to the pond alone; nobody may see anything of it. */
  enum Upkeep implements Step {
    COMMIT,
    RESTART,
    RESTORE,
    COMPACTION
  }

  /** Which call of {@code java.nio.file}. */
  enum Verb {
    CREATE_FILE,
    CREATE_DIRECTORY,
    CREATE_DIRECTORIES,
    CREATE_SYMBOLIC_LINK,
    DELETE,
    DELETE_IF_EXISTS,
    DELETE_TREE,
    COPY,
    COPY_IN,
    MOVE,
    WRITE_STRING,
    BYTE_CHANNEL,
    FILE_CHANNEL,
    SET_TIMES,
    SET_PERMISSIONS,
    READ_SYMBOLIC_LINK,
    READ_STRING,
    LINES,
    SIZE,
    MISMATCH,
    IS_SAME_FILE,
    TO_REAL_PATH,
    KIND,
    READ_ATTRIBUTES,
    GET_ATTRIBUTE,
    LIST,
    GLOB,
    WALK,
    WALK_FILE_TREE,
    IS_HIDDEN;

    boolean changes() {
      return ordinal() <= SET_PERMISSIONS.ordinal();
    }

    /** Whether it is made wholly or not at all; the others are several calls of a provider. */
    boolean isOneChange() {
      return changes() && this != CREATE_DIRECTORIES && this != DELETE_TREE && this != COPY_IN;
    }

    boolean opens() {
      return this == WRITE_STRING || this == BYTE_CHANNEL || this == FILE_CHANNEL;
    }

    boolean hasTwoPaths() {
      return this == COPY || this == MOVE || this == MISMATCH || this == IS_SAME_FILE;
    }
  }

  /** What is done with an open channel. */
  enum OnChannel {
    WRITE,
    READ,
    POSITION,
    TRUNCATE,
    SIZE,
    WRITE_AT,
    READ_AT,
    FORCE,
    TRANSFER_TO,
    TRANSFER_FROM;

    static final int OF_SEEKABLE = SIZE.ordinal() + 1;
  }

  /**
   * One call of a channel.
   *
   * @param at a position or a size, perhaps negative
   * @param count of bytes
   */
  record ChannelCall(OnChannel what, long at, int count) {
    @Override
    public String toString() {
      return what + "(" + at + ", " + count + ")";
    }
  }

  /**
   * One call.
   *
   * @param other the second path, a link's target, the text to write, the glob, or the attribute
   * @param options of all kinds; permissions are those that a new node is to have
   * @param number a time or a depth
   */
  record Call(
      Verb verb,
      String path,
      String other,
      Set<Enum<?>> options,
      List<ChannelCall> onChannel,
      int number)
      implements Step {

    /** Returns the options of one kind. */
    <T> Set<T> options(Class<T> kind) {
      return options.stream().filter(kind::isInstance).map(kind::cast).collect(Collectors.toSet());
    }

    boolean has(Enum<?> option) {
      return options.contains(option);
    }

    Call at(String elsewhere) {
      return new Call(verb, elsewhere, other, options, onChannel, number);
    }

    Call with(Set<Enum<?>> changed) {
      return new Call(verb, path, other, changed, onChannel, number);
    }

    @Override
    public String toString() {
      List<String> names = options.stream().map(Enum::name).sorted().toList();
      return verb
          + " "
          + quoted(path)
          + (other.isEmpty() ? "" : " " + quoted(other))
          + (names.isEmpty() ? "" : " " + names)
          + (onChannel.isEmpty() ? "" : " " + onChannel)
          + (number == 0 ? "" : " " + number);
    }

    private static String quoted(String text) {
      StringBuilder quoted = new StringBuilder("\"");
      text.chars()
          .forEach(
              unit ->
                  quoted.append(
                      unit < ' ' || unit > '~' || unit == '"' || unit == '\\'
                          ? String.format("\\u%04x", unit)
                          : String.valueOf((char) unit)));
      return quoted.append('"').toString();
    }
  }
}
