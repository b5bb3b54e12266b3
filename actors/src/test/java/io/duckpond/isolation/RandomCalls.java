package io.duckpond.isolation;

import io.duckpond.isolation.Call.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Asks one random thing after another, mostly of what is there, in a few directories. */
final class RandomCalls {
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "é");
  private static final int LONG_TEXT = 130;

  /** Verbs by how often they are wanted. */
  private static final List<Verb> VERBS =
      List.of(
          Verb.LIST,
          Verb.LIST,
          Verb.WALK,
          Verb.READ,
          Verb.READ,
          Verb.READ,
          Verb.STAT,
          Verb.STAT,
          Verb.EXISTS,
          Verb.READ_LINK,
          Verb.CREATE,
          Verb.CREATE,
          Verb.WRITE,
          Verb.WRITE,
          Verb.WRITE,
          Verb.APPEND,
          Verb.MKDIR,
          Verb.MKDIR,
          Verb.MKDIRS,
          Verb.SYMLINK,
          Verb.RENAME,
          Verb.RENAME,
          Verb.RENAME,
          Verb.REPLACE,
          Verb.REMOVE,
          Verb.REMOVE,
          Verb.REMOVE_RECURSIVELY,
          Verb.TOUCH,
          Verb.CHMOD);

  private final Random random;
  private long number;

  RandomCalls(Random random) {
    this.random = random;
  }

  /** Returns a call of a verb. */
  Call call(Verb verb, String path, String other, long now) {
    return new Call(++number, verb, path, other, now);
  }

  /**
   * Returns any call.
   *
   * @param there paths that may be there
   * @param directories paths of directories
   * @param savepoints how many there are to go back to
   */
  Call next(List<String> there, List<String> directories, int savepoints, long now) {
    int choice = random.nextInt(20);
    if (choice == 0 || savepoints > 0 && choice < 3) {
      Verb verb =
          savepoints == 0 || choice == 0
              ? Verb.SAVEPOINT
              : choice == 1 ? Verb.ROLL_BACK : random.nextInt(3) == 0 ? Verb.RELEASE : Verb.STAT;
      if (verb != Verb.STAT) {
        return call(verb, "", verb == Verb.SAVEPOINT ? "" : "" + random.nextInt(100), now);
      }
    }
    if (!directories.isEmpty() && random.nextInt(12) == 0) {
      String into = any(directories) + "/" + name();
      return call(Verb.RENAME, any(directories), into, now);
    }
    Verb verb = VERBS.get(random.nextInt(VERBS.size()));
    String other =
        switch (verb) {
          case CREATE, WRITE, APPEND -> text();
          case SYMLINK -> random.nextBoolean() ? name() : path(there);
          case RENAME, REPLACE -> path(there);
          case CHMOD -> random.nextBoolean() ? "600" : "755";
          default -> "";
        };
    boolean ofRoot = (verb == Verb.LIST || verb == Verb.WALK) && random.nextInt(6) == 0;
    return call(verb, ofRoot ? "/" : path(there), other, now);
  }

  /** Returns a call that only reads. */
  Call read(List<String> there, long now) {
    Verb verb = VERBS.get(random.nextInt(10));
    return call(verb, path(there), "", now);
  }

  private String name() {
    return any(NAMES);
  }

  private String any(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  private String path(List<String> there) {
    int choice = random.nextInt(10);
    if (there.isEmpty() || choice == 0) {
      List<String> names = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        names.add(name());
      }
      return "/" + String.join("/", names);
    }
    String known = any(there);
    if (choice < 6) {
      return known;
    }
    String directory = choice < 8 ? known : known.substring(0, known.lastIndexOf('/'));
    return directory + "/" + name();
  }

  /** Says who wrote it; now and then too long to stand in the log. */
  private String text() {
    String text = "text " + number + " ";
    return random.nextInt(5) == 0 ? text.repeat(LONG_TEXT / text.length() + 1) : text;
  }
}
