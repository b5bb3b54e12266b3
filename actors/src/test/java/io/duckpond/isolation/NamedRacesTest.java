package io.duckpond.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.Isolation;
import io.duckpond.isolation.Call.Verb;
import io.duckpond.isolation.History.Committed;
import io.duckpond.isolation.History.Conflict;
import io.duckpond.isolation.History.Nothing;
import io.duckpond.isolation.History.Outcome;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The races of filesystem.md and of write skew by name: two transactions on one state, both in
 * flight at a time, the first told of first. What becomes of the second is said for each isolation;
 * at the end the checker judges all of it.
 */
final class NamedRacesTest {
  private static PondDatabase pond;
  private static Scene scene;
  private static int places;

  @BeforeAll
  static void create() throws IOException {
    pond = new PondDatabase(1);
    scene = new Scene(pond);
  }

  @AfterAll
  static void everyHistoryIsSound() throws IOException {
    assertThat(scene.check().counted("committed SNAPSHOT, of no serial order")).isPositive();
    pond.close();
  }

  /** Calls as text: a verb and one or two paths or words each. */
  private static Arguments race(
      String name,
      List<String> first,
      List<String> second,
      Class<? extends Outcome> snapshot,
      Class<? extends Outcome> serializable) {
    return Arguments.of(name, first, second, snapshot, serializable);
  }

  static Stream<Arguments> races() {
    return Stream.of(
        race(
            "two transactions create the same name",
            List.of("CREATE /x 1"),
            List.of("CREATE /x 2"),
            Conflict.class,
            Conflict.class),
        race(
            "mv /a /b/x beside mv /b /a/y",
            List.of("RENAME /a /b/x"),
            List.of("RENAME /b /a/y"),
            Conflict.class,
            Conflict.class),
        race(
            "rm -r /d beside create /d/f",
            List.of("REMOVE_RECURSIVELY /d"),
            List.of("CREATE /d/f 1"),
            Conflict.class,
            Conflict.class),
        race(
            "create /d/f beside rm -r /d",
            List.of("CREATE /d/f 1"),
            List.of("REMOVE_RECURSIVELY /d"),
            Conflict.class,
            Conflict.class),
        race(
            "mkdir -p beside mkdir",
            List.of("MKDIR /x"),
            List.of("MKDIRS /x/y"),
            Conflict.class,
            Conflict.class),
        race(
            "a lost update",
            List.of("READ /f", "WRITE /f 2"),
            List.of("READ /f", "WRITE /f 3"),
            Conflict.class,
            Conflict.class),
        race(
            "rmdir /d beside mv /f /d/f",
            List.of("REMOVE /d"),
            List.of("RENAME /f /d/f"),
            Conflict.class,
            Conflict.class),
        race(
            "mv /f /x beside a write to /f",
            List.of("RENAME /f /x"),
            List.of("WRITE /f 2"),
            Conflict.class,
            Conflict.class),
        race(
            "write skew",
            List.of("READ /f", "WRITE /g 2"),
            List.of("READ /g", "WRITE /f 2"),
            Committed.class,
            Conflict.class),
        race(
            "write skew by names that are not there",
            List.of("EXISTS /x", "CREATE /y 1"),
            List.of("EXISTS /y", "CREATE /x 1"),
            Committed.class,
            Conflict.class),
        race(
            "a phantom in a listing",
            List.of("LIST /d", "CREATE /d/x 1"),
            List.of("LIST /d", "CREATE /d/y 1"),
            Committed.class,
            Conflict.class),
        race(
            "mv /d /x beside create /d/f, which goes along",
            List.of("RENAME /d /x"),
            List.of("CREATE /d/f 1"),
            Committed.class,
            Conflict.class),
        race(
            "touch /d beside create /d/f",
            List.of("TOUCH /d"),
            List.of("CREATE /d/f 1"),
            Committed.class,
            Conflict.class),
        race(
            "create /d/f beside touch /d",
            List.of("CREATE /d/f 1"),
            List.of("TOUCH /d"),
            Committed.class,
            Committed.class),
        race(
            "two names in one directory",
            List.of("CREATE /d/x 1"),
            List.of("CREATE /d/y 1"),
            Committed.class,
            Committed.class),
        race(
            "two files",
            List.of("READ /f", "WRITE /f 2"),
            List.of("READ /g", "WRITE /g 2"),
            Committed.class,
            Committed.class),
        race(
            "one that only reads",
            List.of("WRITE /f 2"),
            List.of("READ /f", "WALK /d"),
            Nothing.class,
            Nothing.class));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("races")
  void eachIsolationKeepsItsPromise(
      String name,
      List<String> first,
      List<String> second,
      Class<? extends Outcome> snapshot,
      Class<? extends Outcome> serializable)
      throws IOException {
    assertThat(race(Isolation.SNAPSHOT, first, second)).as(name).isInstanceOf(snapshot);
    assertThat(race(Isolation.SERIALIZABLE, first, second)).as(name).isInstanceOf(serializable);
  }

  /** Returns what has become of the second. */
  private static Outcome race(Isolation isolation, List<String> first, List<String> second)
      throws IOException {
    String at = place();
    Scene.Actor one = scene.begin(isolation);
    Scene.Actor two = scene.begin(isolation);
    for (String words : first) {
      call(one, at, words);
    }
    for (String words : second) {
      call(two, at, words);
    }

    var winner = one.asks();
    var other = two.asks();

    assertThat(one.hears(winner)).isInstanceOf(Committed.class);
    return two.hears(other);
  }

  private static String place() throws IOException {
    String at = "/" + ++places;
    Scene.Actor maker = scene.begin(Isolation.SNAPSHOT);
    maker.does(Verb.MKDIR, at, "").commits();
    scene.furnish(at);
    return at;
  }

  private static void call(Scene.Actor actor, String at, String words) throws IOException {
    List<String> parts = Arrays.asList(words.split(" ", -1));
    Verb verb = Verb.valueOf(parts.get(0));
    String other = parts.size() < 3 ? "" : parts.get(2);
    actor.does(verb, at + parts.get(1), other.startsWith("/") ? at + other : other);
  }

  @Test
  void aDirectoryIsNotMovedIntoItsOwnDescendant() throws IOException {
    String at = place();
    Scene.Actor mover = scene.begin(Isolation.SNAPSHOT);

    mover.does(Verb.MKDIR, at + "/a/b", "").does(Verb.RENAME, at + "/a", at + "/a/b/c");

    assertThat(mover.told()).isEqualTo("FileSystemException");
    assertThat(mover.commits()).isInstanceOf(Committed.class);
  }

  @Test
  void aConflictIsForEverAlsoWhenWhatStoodInTheWayIsGone() throws IOException {
    String at = place();
    Scene.Actor refused = scene.begin(Isolation.SNAPSHOT);
    refused.does(Verb.CREATE, at + "/x", "2");
    scene.begin(Isolation.SNAPSHOT).does(Verb.CREATE, at + "/x", "1").commits();
    assertThat(refused.commits()).isInstanceOf(Conflict.class);

    scene.begin(Isolation.SNAPSHOT).does(Verb.REMOVE, at + "/x", "").commits();
    var again = refused.asks();
    pond.work(Integer.MAX_VALUE);

    assertThat(again).isCompletedExceptionally();
    assertThat(refused.does(Verb.READ, at + "/x", "").told()).isEqualTo("2");
  }

  @Test
  void aConflictIsForEverAlsoWhenTheChangesAreGone() throws IOException {
    String at = place();
    Scene.Actor refused = scene.begin(Isolation.SNAPSHOT);
    refused.does(Verb.SAVEPOINT, "", "").does(Verb.CREATE, at + "/x", "2");
    scene.begin(Isolation.SNAPSHOT).does(Verb.CREATE, at + "/x", "1").commits();
    assertThat(refused.commits()).isInstanceOf(Conflict.class);

    refused.does(Verb.ROLL_BACK, "", "0").does(Verb.CREATE, at + "/y", "3");
    var again = refused.asks();
    pond.work(Integer.MAX_VALUE);

    assertThat(again).isCompletedExceptionally();
    assertThat(refused.does(Verb.EXISTS, at + "/x", "").told()).isEqualTo("false");
    assertThat(refused.does(Verb.READ, at + "/y", "").told()).isEqualTo("3");
  }
}
