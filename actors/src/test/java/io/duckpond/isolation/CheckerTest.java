package io.duckpond.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.Isolation;
import io.duckpond.harness.Harness;
import io.duckpond.isolation.Call.Verb;
import io.duckpond.isolation.ToyDatabase.Fault;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the checker lets pass, and what not: histories of a toy that has a fault, and histories that
 * were altered afterwards.
 */
final class CheckerTest {
  private static final int STEPS = 300;

  private static Scene sceneWith(Fault fault) throws IOException {
    return new Scene(new ToyDatabase(fault));
  }

  private static void isFoundWrong(Scene scene, String words) {
    assertThatThrownBy(scene::check).isInstanceOf(AssertionError.class).hasMessageContaining(words);
  }

  @Test
  void aLostUpdateIsFound() throws IOException {
    Scene scene = sceneWith(Fault.LOST_UPDATE);
    Scene.Actor one =
        scene.begin(Isolation.SNAPSHOT).does(Verb.READ, "/f", "").does(Verb.WRITE, "/f", "2");
    Scene.Actor two =
        scene.begin(Isolation.SNAPSHOT).does(Verb.READ, "/f", "").does(Verb.WRITE, "/f", "3");

    one.commits();
    two.commits();

    isFoundWrong(scene, "lost update: /f");
  }

  @Test
  void aStaleReadIsFound() throws IOException {
    Scene scene = sceneWith(Fault.NONE);
    scene.begin(Isolation.SNAPSHOT).does(Verb.WRITE, "/f", "2").commits();
    Scene.Actor reader = scene.begin(Isolation.SNAPSHOT).does(Verb.READ, "/f", "").wasTold("1");

    reader.ends(new History.Dropped());

    isFoundWrong(scene, "isolation: READ /f must give '2'");
  }

  @Test
  void aDirtyReadIsFound() throws IOException {
    Scene scene = sceneWith(Fault.NONE);
    Scene.Actor writer = scene.begin(Isolation.SNAPSHOT).does(Verb.WRITE, "/f", "never committed");
    Scene.Actor reader =
        scene.begin(Isolation.SNAPSHOT).does(Verb.READ, "/f", "").wasTold("never committed");

    writer.ends(new History.Dropped());
    reader.ends(new History.Nothing());

    isFoundWrong(scene, "isolation: READ /f must give '1'");
  }

  @Test
  void anOwnChangeThatIsNotSeenIsFound() throws IOException {
    Scene scene = sceneWith(Fault.NONE);
    Scene.Actor writer = scene.begin(Isolation.SNAPSHOT).does(Verb.WRITE, "/f", "2");

    writer.does(Verb.READ, "/f", "").wasTold("1").commits();

    isFoundWrong(scene, "isolation: READ /f must give '2'");
  }

  @Test
  void writeSkewIsFoundWhereItMustNotBeAndNowhereElse() throws IOException {
    for (Isolation isolation : Isolation.values()) {
      Scene skewed = sceneWith(Fault.WRITE_SKEW);
      Scene.Actor one =
          skewed.begin(isolation).does(Verb.READ, "/f", "").does(Verb.WRITE, "/g", "2");
      Scene.Actor two =
          skewed.begin(isolation).does(Verb.READ, "/g", "").does(Verb.WRITE, "/f", "2");

      one.commits();
      two.commits();

      if (isolation == Isolation.SERIALIZABLE) {
        isFoundWrong(skewed, "not serializable as 4: READ /g");
      } else {
        assertThat(skewed.check().counted("committed SNAPSHOT, of no serial order")).isEqualTo(1);
      }
    }
  }

  @Test
  void aCycleByTwoRenamesIsFound() throws IOException {
    Scene scene = sceneWith(Fault.CYCLE);
    Scene.Actor one = scene.begin(Isolation.SNAPSHOT).does(Verb.RENAME, "/a", "/b/x");
    Scene.Actor two = scene.begin(Isolation.SNAPSHOT).does(Verb.RENAME, "/b", "/a/y");

    one.commits();
    two.commits();

    isFoundWrong(scene, "cycle: ");
  }

  @Test
  void anOrphanByACreateInARemovedDirectoryIsFound() throws IOException {
    for (boolean removedFirst : List.of(true, false)) {
      Scene orphaned = sceneWith(Fault.ORPHAN);
      Scene.Actor one = orphaned.begin(Isolation.SNAPSHOT).does(Verb.REMOVE_RECURSIVELY, "/d", "");
      Scene.Actor two = orphaned.begin(Isolation.SNAPSHOT).does(Verb.CREATE, "/d/f", "");

      (removedFirst ? one : two).commits();
      (removedFirst ? two : one).commits();

      isFoundWrong(orphaned, "orphan: ");
    }
  }

  @Test
  void aNodeInTwoPlacesIsFound() throws IOException {
    Scene scene = sceneWith(Fault.NONE);
    scene.begin(Isolation.SNAPSHOT).does(Verb.CREATE, "/d/f", "2").commits();
    SortedMap<String, Held.Seen> picture = new TreeMap<>(scene.database().picture(3));
    Held.Seen created = picture.get("/d/f");
    picture.put("/d/f", new Held.Seen(node(picture, "/f"), created == null ? "" : created.what()));
    scene.history().look(3, picture);

    assertThatThrownBy(() -> checkAllBut(scene, 3)).hasMessageContaining("another node at /");
  }

  private static String node(Map<String, Held.Seen> picture, String path) {
    Held.Seen seen = picture.get(path);
    return seen == null ? "" : seen.node();
  }

  private static void checkAllBut(Scene scene, long txnSeq) throws IOException {
    for (long each = 1; each < txnSeq; each++) {
      scene.history().look(each, scene.database().picture(each));
    }
    scene.records().forEach(scene.history()::add);
    Checker.check(scene.history());
  }

  @Test
  void transactionsInAnotherOrderThanTheirNumbersAreFound() throws IOException {
    Scene scene = sceneWith(Fault.NONE);
    scene.begin(Isolation.SNAPSHOT).does(Verb.WRITE, "/f", "2").commits();
    scene.begin(Isolation.SNAPSHOT).does(Verb.WRITE, "/g", "2").commits();
    History.Record first = scene.records().remove(1);
    History.Record second = scene.records().remove(1);
    scene.records().add(outcome(first, new History.Committed(4)));
    scene.records().add(outcome(second, new History.Committed(3)));

    isFoundWrong(scene, "it became 3");
  }

  private static History.Record outcome(History.Record record, History.Outcome outcome) {
    return new History.Record(
        record.number(),
        record.isolation(),
        record.begin(),
        record.steps(),
        record.asked(),
        outcome);
  }

  @Test
  void aConflictOfTransactionsThatHaveNothingInCommonIsFound() throws IOException {
    Scene scene = sceneWith(Fault.NONE);
    Scene.Actor one = scene.begin(Isolation.SNAPSHOT).does(Verb.CREATE, "/a/x", "");
    Scene.Actor two = scene.begin(Isolation.SERIALIZABLE).does(Verb.CREATE, "/a/y", "");

    one.commits();
    two.ends(new History.Conflict(3, 3));

    isFoundWrong(scene, "a conflict with nobody");
  }

  @Test
  void aTransactionThatIsFoundAfterACrashIsTakenAsCommittedAndAnotherAsLost() throws IOException {
    Scene scene = sceneWith(Fault.NONE);
    Scene.Actor one = scene.begin(Isolation.SNAPSHOT).does(Verb.WRITE, "/f", "2");
    Scene.Actor two = scene.begin(Isolation.SNAPSHOT).does(Verb.WRITE, "/f", "3");

    var unused = one.asks();
    one.ends(new History.Unknown(3));
    two.ends(new History.Unknown(3));

    Verdict verdict = scene.check();
    assertThat(verdict.counted("found after a crash")).isEqualTo(1);
    assertThat(verdict.counted("not found after a crash")).isEqualTo(1);
  }

  @Test
  void aPastThatChangesIsFound() throws IOException {
    Scene scene = sceneWith(Fault.NONE);
    scene.history().look(2, new TreeMap<>());

    isFoundWrong(scene, "the past has changed: state 2");
  }

  @Test
  void whatIsIsolatedIsNeverFoundWrong() throws IOException {
    Harness harness = Harness.named("isolation-checker");
    int scripts = Harness.size(100, 10_000);
    for (int i = 0; i < scripts; i++) {
      try {
        play(Fault.NONE, harness.random(i)).addTo(harness);
      } catch (AssertionError e) {
        throw new AssertionError(harness.at(i), e);
      }
    }

    harness.count("scripts", scripts);
    harness.report();
    for (String what :
        List.of(
            "committed SERIALIZABLE",
            "committed SNAPSHOT, of no serial order",
            "conflict, lost update",
            "conflict, orphan",
            "conflict, cycle",
            "conflict, read otherwise",
            "found after a crash",
            "not found after a crash")) {
      assertThat(harness.counted(what)).as(what).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void randomScriptsFindEveryFault(Fault fault) {
    Harness harness = Harness.named("isolation-faults");
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 400; i++) {
                play(fault, harness.random(i));
              }
            })
        .as(harness.at(fault))
        .isInstanceOfAny(AssertionError.class, StackOverflowError.class); // by a walk in a circle
  }

  private static Verdict play(Fault fault, Random random) throws IOException {
    Script script = new Script(new ToyDatabase(fault), random);
    script.run(STEPS);
    return Checker.check(script.history());
  }
}
