package io.duckpond.async;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.duckpond.ConflictException;
import io.duckpond.WorkingDirectory;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.testkit.PondExtension;
import io.duckpond.testkit.PondTestKit;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every call without blocking does what the blocking one does, on the pond's own threads. */
@ExtendWith(PondExtension.class)
final class AsyncPondTest {

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static ThrowingCallable awaiting(CompletionStage<?> stage) {
    return () -> {
      try {
        stage.toCompletableFuture().join();
      } catch (CompletionException e) {
        throw e.getCause();
      }
    };
  }

  @Test
  void everyCallOfAWorkingDirectoryHasItsAsynchronousForm() {
    Set<String> missing = new TreeSet<>();
    for (Method method : WorkingDirectory.class.getMethods()) {
      missing.add(method.getName() + Arrays.toString(method.getParameterTypes()));
    }
    for (Method method : AsyncWorkingDirectory.class.getMethods()) {
      missing.remove(method.getName() + Arrays.toString(method.getParameterTypes()));
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void singleCallsAreTransactionsOfTheirOwn(PondTestKit kit) throws Exception {
    AsyncWorkingDirectory root = kit.pond().async().root();

    await(root.createDirectories("/a/b"));
    await(root.createFile("/a/b/f", text("one")));
    await(root.write("/a/b/f", text("two")));
    await(root.createSymlink("/a/link", "b/f"));
    await(root.touch("/empty"));
    await(root.rename("/empty", "/a/empty"));
    await(root.open("/a").thenCompose(a -> a.remove("empty")));

    assertThat(await(root.readBytes("/a/link"))).asString().isEqualTo("two");
    assertThat(await(root.metadata("/a/b/f")).version()).isEqualTo(2);
    assertThat(await(kit.pond().async().view()).txnSeq()).isEqualTo(8);
    assertThat(kit.tree())
        .containsExactly(
            entry("/a/", ""),
            entry("/a/b/", ""),
            entry("/a/b/f", "two"),
            entry("/a/link", "-> b/f"));
  }

  @Test
  void refusalsArriveAsTheyWouldBeThrown(PondTestKit kit) throws Exception {
    AsyncPond pond = kit.pond().async();
    kit.put("/f", "1");

    assertThatThrownBy(awaiting(pond.root().readBytes("/missing")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("/missing");
    assertThatThrownBy(awaiting(pond.root().createFile("/f", text("2"))))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage("/f");
    assertThatThrownBy(awaiting(await(pond.asOf(1)).root().touch("/x")))
        .isInstanceOf(ReadOnlyFileSystemException.class);
    assertThatThrownBy(awaiting(pond.asOf(99))).hasMessageContaining("99");
  }

  @Test
  void aTransactionsCallsAreDoneInTheOrderOfAsking(PondTestKit kit) throws Exception {
    AsyncTransaction transaction = await(kit.pond().async().begin());
    List<CompletionStage<?>> asked = new ArrayList<>();

    asked.add(transaction.root().createDirectory("/d"));
    for (int i = 0; i < 200; i++) {
      asked.add(transaction.root().write("/d/f", text("version " + i)));
    }
    asked.add(transaction.root().rename("/d", "/e"));
    CompletionStage<List<String>> dirty = transaction.dirty();
    asked.add(transaction.commit());
    asked.add(transaction.root().createDirectory("/uncommitted"));
    asked.add(transaction.close());

    for (CompletionStage<?> each : asked) {
      await(each);
    }
    assertThat(await(dirty)).contains("/e/f");
    assertThat(kit.tree()).containsExactly(entry("/e/", ""), entry("/e/f", "version 199"));
    assertThatThrownBy(awaiting(transaction.commit()))
        .isInstanceOf(ClosedFileSystemException.class);
  }

  @Test
  void aConflictFailsTheCommitOfTheSecond(PondTestKit kit) throws Exception {
    AsyncTransaction first = await(kit.pond().async().begin());
    AsyncTransaction second = await(kit.pond().async().begin());

    await(first.root().createDirectory("/same"));
    await(second.root().createDirectory("/same"));
    await(first.commit());

    assertThatThrownBy(awaiting(second.commit())).isInstanceOf(ConflictException.class);
    await(first.close());
    await(second.close());
  }

  @Test
  void callsRunOnThePondsThreadsOnly(PondTestKit kit) throws Exception {
    AsyncWorkingDirectory root = kit.pond().async().root();

    Set<String> threads = new TreeSet<>();
    for (int i = 0; i < 50; i++) {
      threads.add(await(root.call(at -> Thread.currentThread().getName())));
    }

    assertThat(threads).allMatch(name -> name.startsWith("pond-caller-"));
  }

  @Test
  void whatExceedsTheLimitFailsAtOnceAndTheRestIsAnswered(PondTestKit kit) throws Exception {
    AsyncWorkingDirectory root = kit.pond().async().root();
    CountDownLatch released = new CountDownLatch(1);
    List<CompletableFuture<?>> asked = new ArrayList<>();

    for (int i = 0; i < Calls.LIMIT; i++) {
      asked.add(root.call(at -> isReleased(released)).toCompletableFuture());
    }

    assertThatThrownBy(awaiting(root.list("/")))
        .isInstanceOf(JournalException.class)
        .hasMessage("10000 calls wait already; try again later");
    released.countDown();
    CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new)).get(30, TimeUnit.SECONDS);
    assertThat(await(root.list("/"))).isEmpty();
  }

  private static boolean isReleased(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aClosedPondFailsWhatIsAskedAndAnswersWhatWasAsked(PondTestKit kit) throws Exception {
    AsyncPond pond = kit.pond().async();
    AsyncTransaction transaction = await(pond.begin());
    List<CompletionStage<?>> asked = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      asked.add(transaction.root().list("/"));
    }

    kit.pond().close();

    assertThatThrownBy(awaiting(pond.root().list("/")))
        .isInstanceOf(ClosedFileSystemException.class);
    for (CompletionStage<?> each : asked) {
      CompletableFuture<?> answered = each.toCompletableFuture().handle((value, failure) -> "");
      assertThat(answered.get(30, TimeUnit.SECONDS)).isEqualTo("");
    }
  }
}
