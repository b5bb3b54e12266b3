package io.duckpond;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.Failures.Kind;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.JournalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FailuresTest {

  static Stream<Arguments> thrown() {
    IOException cause = new IOException("cause");
    return Stream.of(
        Arguments.of(new NoSuchFileException("/a/b"), Kind.REFUSAL, "/a/b: no such file"),
        Arguments.of(new FileAlreadyExistsException("/a"), Kind.REFUSAL, "/a: exists already"),
        Arguments.of(new DirectoryNotEmptyException("/a"), Kind.REFUSAL, "/a: directory not empty"),
        Arguments.of(new NotDirectoryException("/a"), Kind.REFUSAL, "/a: not a directory"),
        Arguments.of(
            new FileSystemException("/a", null, "is a directory"),
            Kind.REFUSAL,
            "/a: is a directory"),
        Arguments.of(
            new ConflictException("/a", "another transaction has changed it"),
            Kind.REFUSAL,
            "/a: conflict: another transaction has changed it"),
        Arguments.of(
            new FileSystemException("/disk", null, "No space left on device"),
            Kind.FAILURE,
            "/disk: No space left on device"),
        Arguments.of(
            new FileSystemException("/disk", null, "Transport endpoint is not connected"),
            Kind.FAILURE,
            "/disk: Transport endpoint is not connected"),
        Arguments.of(
            new FileSystemException("/long", null, "File name too long"),
            Kind.REFUSAL,
            "/long: File name too long"),
        Arguments.of(new AccessDeniedException("/disk"), Kind.FAILURE, "/disk: permission denied"),
        Arguments.of(new IOException("the pipe broke"), Kind.FAILURE, "the pipe broke"),
        Arguments.of(
            JournalException.notStored("the disk is full", cause),
            Kind.FAILURE,
            "the disk is full"),
        Arguments.of(
            new DamageException("/a: version 2\n  is damaged"),
            Kind.DAMAGE,
            "/a: version 2; is damaged"),
        Arguments.of(
            new IllegalStateException("oops"),
            Kind.FAULT,
            "this is a bug: IllegalStateException: oops"));
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void saysInOneLineWhatItIs(Throwable thrown, Kind kind, String line) {
    Failures.Failure failure = Failures.classify(thrown);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.line()).isEqualTo(line);
  }

  @Test
  void looksThroughWrappers() {
    Throwable wrapped =
        new CompletionException(new UncheckedIOException(new NoSuchFileException("/a")));

    assertThat(Failures.classify(wrapped).line()).isEqualTo("/a: no such file");
  }

  @Test
  void anUnknownOutcomeSaysSo() {
    Failures.Failure failure =
        Failures.classify(JournalException.unknown("EIO", new IOException("EIO")));

    assertThat(failure.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("stored"));
  }

  @Test
  void saysWhatToTryAboutWhatTheSystemSaid() {
    FileSystemException full = new FileSystemException("/disk", null, "No space left on device");

    assertThat(Failures.classify(full).hint().orElseThrow()).contains("free some space");
    assertThat(Failures.classify(JournalException.notStored("no", full)).hint().orElseThrow())
        .contains("free some space");
    assertThat(Failures.classify(JournalException.unknown("maybe", full)).hint().orElseThrow())
        .contains("look before");
  }
}
