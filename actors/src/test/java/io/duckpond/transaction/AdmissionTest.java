package io.duckpond.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
  private final Admission<String, String> admission = new Admission<>();

  /** Starts what may start, those together that are named so. */
  private List<String> start() {
    return admission
        .start((one, other) -> other.startsWith("joins ") && one.startsWith("joins "))
        .stream()
        .map(together -> String.join(" + ", together))
        .toList();
  }

  @Test
  void distinctDirectoriesOverlap() {
    admission.enqueue("first", List.of("/a"), false);
    admission.enqueue("second", List.of("/b", "/c"), false);

    assertThat(start()).containsExactly("first", "second");
    assertThat(admission.running()).isEqualTo(2);
  }

  @Test
  void oneDirectoryIsServedFirstInFirstOut() {
    admission.enqueue("first", List.of("/a"), false);
    admission.enqueue("second", List.of("/a"), false);
    admission.enqueue("third", List.of("/a"), false);

    assertThat(start()).containsExactly("first");
    admission.finish(List.of("/a"));
    assertThat(start()).containsExactly("second");
    admission.finish(List.of("/a"));
    assertThat(start()).containsExactly("third");
  }

  @Test
  void whoWaitsHoldsItsPlaceForAllItsDirectories() {
    admission.enqueue("first", List.of("/a"), false);
    admission.enqueue("waits for a", List.of("/a", "/b"), false);
    admission.enqueue("came later for b", List.of("/b"), false);
    admission.enqueue("elsewhere", List.of("/c"), false);

    assertThat(start()).containsExactly("first", "elsewhere");
    admission.finish(List.of("/a"));
    assertThat(start()).containsExactly("waits for a");
    admission.finish(List.of("/a", "/b"));
    assertThat(start()).containsExactly("came later for b");
  }

  @Test
  void whatUnlinksOrMovesDirectoriesRunsAlone() {
    admission.enqueue("before", List.of("/a"), false);
    admission.enqueue("alone", List.of("/b"), true);
    admission.enqueue("behind", List.of("/c"), false);

    assertThat(start()).containsExactly("before");
    admission.finish(List.of("/a"));
    assertThat(start()).containsExactly("alone");
    assertThat(start()).isEmpty();
    admission.finish(List.of("/b"));
    assertThat(start()).containsExactly("behind");
  }

  @Test
  void twoThatRunAloneRunOneAfterTheOther() {
    admission.enqueue("one", List.of("/a"), true);
    admission.enqueue("two", List.of("/b"), true);

    assertThat(start()).containsExactly("one");
    admission.finish(List.of("/a"));
    assertThat(start()).containsExactly("two");
    assertThat(admission.waiting()).isZero();
  }

  @Test
  void whoWaitsForTheSameDirectoryMayRunAsOne() {
    admission.enqueue("first", List.of("/a"), false);
    admission.enqueue("joins 1", List.of("/a"), false);
    admission.enqueue("elsewhere", List.of("/b"), false);
    admission.enqueue("joins 2", List.of("/a"), false);
    admission.enqueue("in between", List.of("/a", "/c"), false);
    admission.enqueue("joins 3", List.of("/a"), false);

    assertThat(start()).containsExactly("first", "elsewhere");
    admission.finish(List.of("/a"));
    assertThat(start()).containsExactly("joins 1 + joins 2");
    admission.finish(List.of("/a"));
    assertThat(start()).containsExactly("in between");
    admission.finish(List.of("/a", "/c"));
    assertThat(start()).containsExactly("joins 3");
  }
}
