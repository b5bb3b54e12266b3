package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.ConflictException;
import io.duckpond.Pond;
import io.duckpond.PondSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SharedSessionTest {
  @TempDir private Path temporary;

  @Test
  void aRollbackEndsAConflict() throws IOException {
    Pond pond = Pond.create(temporary.resolve("pond"), PondSettings.load());
    SharedSession session = new SharedSession(pond);
    session.change("", root -> root.createDirectory("/a"));
    pond.root().createDirectory("/a");
    assertThatThrownBy(() -> session.sync("")).isInstanceOf(ConflictException.class);
    assertThat(session.pending()).containsExactly("/a");

    session.rollback();

    session.change("", root -> root.createDirectory("/a/b"));
    assertThat(session.sync("").txnSeq()).isEqualTo(3);
    session.end();
  }
}
