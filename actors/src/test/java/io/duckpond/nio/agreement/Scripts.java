package io.duckpond.nio.agreement;

import io.duckpond.nio.agreement.Step.Call;
import io.duckpond.nio.agreement.Step.ChannelCall;
import io.duckpond.nio.agreement.Step.OnChannel;
import io.duckpond.nio.agreement.Step.Verb;
import java.nio.file.FileVisitOption;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;

/** Makes the steps of one script, each when it is its turn, as it depends on what is there. */
final class Scripts {
  private static final List<String> GLOBS =
      List.of(
          "*", "?", "[a-c]*", "{a,b,x*}", ".*", "*\\\\*", "[!a]", "**", "*\n*", "[", "{a", "%*");
  private static final List<String> ATTRIBUTES =
      List.of(
          "isDirectory",
          "basic:isSymbolicLink",
          "posix:isRegularFile",
          "isOther",
          "size",
          "lastModifiedTime",
          "posix:permissions",
          "nonsense",
          "basic:permissions",
          "nowhere:size");
  private static final int ONE_UPKEEP_IN = 16_000;
  private static final List<Step.Upkeep> UPKEEP =
      List.of(Step.Upkeep.RESTART, Step.Upkeep.RESTORE, Step.Upkeep.COMPACTION);
  private static final List<Verb> VERBS = List.of(Verb.values());
  private static final List<Verb> GROWING =
      List.of(
          Verb.CREATE_DIRECTORY,
          Verb.CREATE_DIRECTORIES,
          Verb.CREATE_SYMBOLIC_LINK,
          Verb.WRITE_STRING,
          Verb.WRITE_STRING,
          Verb.COPY,
          Verb.MOVE);

  private final Random random;
  private final int commits;

  /** One step in {@code commits} commits. */
  Scripts(Random random, int commits) {
    this.random = random;
    this.commits = commits;
  }

  /** Returns the next step over a tree. */
  Step next(SortedMap<String, String> tree) {
    if (random.nextInt(commits) == 0) {
      return Step.Upkeep.COMMIT;
    }
    int rare = random.nextInt(ONE_UPKEEP_IN);
    if (rare < UPKEEP.size()) {
      return UPKEEP.get(rare);
    }
    return call(new Names(random, tree));
  }

  private Call call(Names names) {
    Verb verb = names.one(names.oneIn(3) ? GROWING : VERBS);
    String path =
        switch (verb) {
          case CREATE_DIRECTORIES -> names.newPath();
          case CREATE_FILE, CREATE_DIRECTORY, CREATE_SYMBOLIC_LINK ->
              random.nextBoolean() ? names.newPath() : names.anyPath();
          case COPY_IN -> random.nextBoolean() ? names.newPath() : names.path();
          case DELETE, DELETE_IF_EXISTS, DELETE_TREE, COPY, MOVE -> names.path();
          default -> names.anyPath();
        };
    return new Call(verb, path, other(verb, names), options(verb), onChannel(verb), number(verb));
  }

  private String other(Verb verb, Names names) {
    return switch (verb) {
      case COPY, MOVE -> random.nextBoolean() ? names.newPath() : names.path();
      case IS_SAME_FILE, MISMATCH -> names.path();
      case CREATE_SYMBOLIC_LINK -> names.target();
      case GLOB -> names.one(GLOBS);
      case GET_ATTRIBUTE -> names.one(ATTRIBUTES);
      case WRITE_STRING, COPY_IN -> ("text " + random.nextInt(50) + "\n").repeat(random.nextInt(4));
      default -> "";
    };
  }

  private int number(Verb verb) {
    return switch (verb) {
      case SET_TIMES -> random.nextInt();
      case WALK, WALK_FILE_TREE -> 1 + random.nextInt(5);
      default -> 0;
    };
  }

  private Set<Enum<?>> options(Verb verb) {
    return switch (verb) {
      case CREATE_FILE, CREATE_DIRECTORY -> random.nextInt(4) == 0 ? permissions() : Set.of();
      case SET_PERMISSIONS -> {
        Set<Enum<?>> options = permissions();
        options.addAll(some(2, LinkOption.NOFOLLOW_LINKS));
        yield options;
      }
      case COPY ->
          some(
              2,
              StandardCopyOption.REPLACE_EXISTING,
              StandardCopyOption.COPY_ATTRIBUTES,
              LinkOption.NOFOLLOW_LINKS);
      case COPY_IN -> some(2, StandardCopyOption.REPLACE_EXISTING);
      case MOVE -> some(2, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      case SET_TIMES, TO_REAL_PATH, READ_ATTRIBUTES -> some(2, LinkOption.NOFOLLOW_LINKS);
      case WALK_FILE_TREE -> some(2, FileVisitOption.FOLLOW_LINKS);
      case WRITE_STRING -> random.nextInt(3) == 0 ? Set.of() : openOptions();
      case BYTE_CHANNEL, FILE_CHANNEL -> openOptions();
      default -> Set.of();
    };
  }

  private Set<Enum<?>> permissions() {
    return some(2, PosixFilePermission.values());
  }

  /** All combinations, those that make sense rather often. */
  private Set<Enum<?>> openOptions() {
    if (random.nextInt(4) == 0) {
      Set<Enum<?>> any = some(3, StandardOpenOption.values());
      any.addAll(some(6, LinkOption.NOFOLLOW_LINKS));
      return any;
    }
    Set<Enum<?>> options = some(2, StandardOpenOption.READ);
    options.add(random.nextInt(5) == 0 ? StandardOpenOption.APPEND : StandardOpenOption.WRITE);
    options.addAll(some(2, StandardOpenOption.CREATE));
    options.addAll(some(5, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.CREATE_NEW));
    return options;
  }

  private Set<Enum<?>> some(int oneIn, Enum<?>... choices) {
    Set<Enum<?>> chosen = new HashSet<>();
    for (Enum<?> choice : choices) {
      if (random.nextInt(oneIn) == 0) {
        chosen.add(choice);
      }
    }
    return chosen;
  }

  private List<ChannelCall> onChannel(Verb verb) {
    List<ChannelCall> calls = new ArrayList<>();
    if (verb == Verb.BYTE_CHANNEL || verb == Verb.FILE_CHANNEL) {
      int kinds = verb == Verb.BYTE_CHANNEL ? OnChannel.OF_SEEKABLE : OnChannel.values().length;
      for (int i = random.nextInt(6); i >= 0; i--) {
        OnChannel what = OnChannel.values()[random.nextInt(kinds)];
        calls.add(new ChannelCall(what, random.nextInt(60) - 2, random.nextInt(40)));
      }
    }
    return calls;
  }
}
