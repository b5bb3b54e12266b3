package io.duckpond.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.duckpond.Failures;
import io.duckpond.Pond;
import io.duckpond.journal.disk.Disk;
import io.duckpond.node.Entry;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every class of refusal, with the path in question and the reason; none changes anything. */
final class RefusalsTest {
  /**
   * What the library throws otherwise: failures of the world, damage, faults of ours, mistakes in
   * arguments and settings, and what streams, iterators and serializers have to throw.
   */
  private static final Set<String> NO_REFUSALS =
      Set.of(
          "com.typesafe.config.ConfigException$BadPath",
          "com.typesafe.config.ConfigException$BadValue",
          "com.typesafe.config.ConfigException$Generic",
          "io.delta.kernel.exceptions.KernelEngineException",
          "io.duckpond.journal.arrow.MalformedStreamException",
          "io.duckpond.journal.disk.DamageException",
          "io.duckpond.journal.disk.JournalException",
          "io.duckpond.journal.parquet.MalformedParquetException",
          "io.duckpond.journal.table.ParallelScan$MissingFileException",
          "java.io.EOFException",
          "java.io.FileNotFoundException",
          "java.io.IOException",
          "java.io.InterruptedIOException",
          "java.io.NotSerializableException",
          "java.io.UncheckedIOException",
          "java.lang.AssertionError",
          "java.lang.IllegalArgumentException",
          "java.lang.IllegalStateException",
          "java.lang.IncompatibleClassChangeError",
          "java.lang.IndexOutOfBoundsException",
          "java.lang.MatchException",
          "java.lang.NullPointerException",
          "java.nio.BufferUnderflowException",
          "java.nio.file.DirectoryIteratorException",
          "java.util.NoSuchElementException",
          "java.util.concurrent.CancellationException",
          "java.util.concurrent.CompletionException",
          "java.util.concurrent.RejectedExecutionException",
          "java.util.concurrent.TimeoutException");

  @TempDir private static Path host;
  private static RefusalScene scene;

  @BeforeAll
  static void open() throws IOException {
    scene = new RefusalScene(host);
  }

  @AfterAll
  static void close() throws IOException {
    scene.close();
  }

  static Stream<Refusal> refusals() {
    return Stream.of(PathRefusals.all(), PondRefusals.all(), NioRefusals.all(), HostRefusals.all())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void namesThePathAndTheReasonAndChangesNothing(Refusal refusal) throws IOException {
    String path = refusal.path().replace("HOST", host.toString());
    Map<String, Entry> before = scene.past().walk("/");

    Throwable thrown = catchThrowable(() -> refusal.attempt().in(scene));

    assertThat(thrown).isExactlyInstanceOf(refusal.type());
    if (thrown instanceof FileSystemException refused) {
      assertThat(refused.getFile()).isEqualTo(path);
      String reason = Objects.requireNonNullElse(refused.getReason(), "");
      assertThat(reason).startsWith(refusal.reason());
      assertThat(reason.isEmpty()).isEqualTo(refusal.reason().isEmpty());
    } else if (!path.isEmpty() || !refusal.reason().isEmpty()) {
      assertThat(thrown).hasMessageContainingAll(path, refusal.reason());
    }
    demandTold(thrown);
    scene.renew();
    assertThat(scene.past().walk("/")).isEqualTo(before);
  }

  /** What a program catches, a user reads: in one line, and never as a bug. */
  private static void demandTold(Throwable thrown) {
    Failures.Failure told = Failures.classify(thrown);
    if (thrown instanceof FileSystemException refused) {
      assertThat(told.subject()).isEqualTo(refused.getFile());
    }
    assertThat(told.message()).isNotEmpty().doesNotContain("\n");
    if (thrown instanceof IOException) {
      assertThat(told.kind()).isNotEqualTo(Failures.Kind.FAULT);
    }
  }

  @Test
  void noClassOfRefusalIsMissing() throws IOException {
    Set<String> made = new TreeSet<>(MadeThrowables.beside(Pond.class));
    made.addAll(MadeThrowables.beside(Disk.class));
    made.removeAll(NO_REFUSALS);

    Set<String> tested =
        refusals().map(refusal -> refusal.type().getName()).collect(Collectors.toSet());

    assertThat(made).hasSizeGreaterThan(20).isSubsetOf(tested);
  }
}
