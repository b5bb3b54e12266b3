package io.duckpond.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
  private final Admission<String, String> admission = new Admission<>();

  @Test
  void distinctDirectoriesOverlap() {
    admission.enqueue("first", List.of("/a"), false);
    admission.enqueue("second", List.of("/b", "/c"), false);

    assertThat(admission.start()).containsExactly("first", "second");
    assertThat(admission.running()).isEqualTo(2);
  }

  @Test
  void oneDirectoryIsServedFirstInFirstOut() {
    admission.enqueue("first", List.of("/a"), false);
    admission.enqueue("second", List.of("/a"), false);
    admission.enqueue("third", List.of("/a"), false);

    assertThat(admission.start()).containsExactly("first");
    admission.finish(List.of("/a"));
    assertThat(admission.start()).containsExactly("second");
    admission.finish(List.of("/a"));
    assertThat(admission.start()).containsExactly("third");
  }

  @Test
  void whoWaitsHoldsItsPlaceForAllItsDirectories() {
    admission.enqueue("first", List.of("/a"), false);
    admission.enqueue("waits for a", List.of("/a", "/b"), false);
    admission.enqueue("came later for b", List.of("/b"), false);
    admission.enqueue("elsewhere", List.of("/c"), false);

    assertThat(admission.start()).containsExactly("first", "elsewhere");
    admission.finish(List.of("/a"));
    assertThat(admission.start()).containsExactly("waits for a");
    admission.finish(List.of("/a", "/b"));
    assertThat(admission.start()).containsExactly("came later for b");
  }

  @Test
  void whatUnlinksOrMovesDirectoriesRunsAlone() {
    admission.enqueue("before", List.of("/a"), false);
    admission.enqueue("alone", List.of("/b"), true);
    admission.enqueue("behind", List.of("/c"), false);

    assertThat(admission.start()).containsExactly("before");
    admission.finish(List.of("/a"));
    assertThat(admission.start()).containsExactly("alone");
    assertThat(admission.start()).isEmpty();
    admission.finish(List.of("/b"));
    assertThat(admission.start()).containsExactly("behind");
  }

  @Test
  void twoThatRunAloneRunOneAfterTheOther() {
    admission.enqueue("one", List.of("/a"), true);
    admission.enqueue("two", List.of("/b"), true);

    assertThat(admission.start()).containsExactly("one");
    admission.finish(List.of("/a"));
    assertThat(admission.start()).containsExactly("two");
    assertThat(admission.waiting()).isZero();
  }
}
