package io.duckpond.async;

import static io.duckpond.async.AsyncPondTest.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.duckpond.FileOptions;
import io.duckpond.harness.ParquetFixture;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeType;
import io.duckpond.testkit.PondExtension;
import io.duckpond.testkit.PondTestKit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contents as Pekko's streams and as Java's. */
@ExtendWith(PondExtension.class)
final class ContentStreamsTest {
  private static final int MIB = 1 << 20;

  private PondTestKit kit;
  private ActorSystem<?> system;
  private AsyncWorkingDirectory root;

  @BeforeEach
  void start(PondTestKit given, ActorTestKit actors) {
    kit = given;
    system = actors.system();
    root = kit.pond().async().root();
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  /** In pieces of odd sizes, an empty one among them. */
  private static List<ByteString> pieces(byte[] bytes) {
    List<ByteString> pieces = new ArrayList<>();
    pieces.add(ByteString.emptyByteString());
    Random random = new Random(bytes.length);
    for (int from = 0; from < bytes.length; ) {
      int to = Math.min(bytes.length, from + 1 + random.nextInt(200_000));
      ByteString piece = ByteString.fromArray(bytes, from, to - from);
      pieces.add(piece.take(piece.length() / 2).concat(piece.drop(piece.length() / 2)));
      from = to;
    }
    return pieces;
  }

  private byte[] collected(Source<ByteString, ?> source) throws Exception {
    return await(source.runFold(ByteString.emptyByteString(), ByteString::concat, system))
        .toArray();
  }

  /**
   * What stands in the pond's contents, but for the lease that it keeps once it has made a draft.
   */
  private List<Path> contents() {
    return kit.disk().files().stream()
        .filter(file -> file.startsWith("/pond/contents"))
        .filter(file -> !file.toString().contains("/.lease-"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1 << 16, (1 << 16) + 1, MIB - 1, MIB, MIB + 1, 2 * MIB, 3 * MIB + 7})
  void whatASinkTakesASourceGivesBack(int size) throws Exception {
    byte[] bytes = bytes(size);

    Entry.File written = await(Source.from(pieces(bytes)).runWith(root.sink("/f"), system));

    assertThat(written.size()).isEqualTo(size);
    assertThat(collected(root.source("/f"))).isEqualTo(bytes);
    kit.restart();
    assertThat(kit.root().readBytes("/f")).isEqualTo(bytes);
  }

  @Test
  void aSinkInATransactionIsSeenByItAlone() throws Exception {
    AsyncTransaction transaction = await(kit.pond().async().begin());
    byte[] bytes = bytes(2 * MIB);

    await(Source.from(pieces(bytes)).runWith(transaction.root().creatingSink("/f"), system));

    assertThat(collected(transaction.root().source("/f"))).isEqualTo(bytes);
    assertThat(kit.tree()).isEmpty();
    await(transaction.commit());
    assertThat(kit.root().readBytes("/f")).isEqualTo(bytes);
    await(transaction.close());
  }

  @Test
  void eachRunOfASinkIsAVersion() throws Exception {
    Sink<ByteString, CompletionStage<Entry.File>> sink = root.sink("/f");

    await(Source.single(ByteString.fromString("1")).runWith(sink, system));
    Entry.File second = await(Source.single(ByteString.fromString("2")).runWith(sink, system));

    assertThat(second.version()).isEqualTo(2);
    assertThat(kit.text("/f")).isEqualTo("2");
  }

  @Test
  void refusalsFailTheStreams() throws Exception {
    kit.put("/f", "there");

    assertThatThrownBy(() -> collected(root.source("/missing")))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(
            () -> await(Source.from(pieces(bytes(MIB))).runWith(root.creatingSink("/f"), system)))
        .hasCauseInstanceOf(FileAlreadyExistsException.class);
  }

  private void makeTable(byte[] bytes) throws IOException {
    FileOptions options = FileOptions.of(NodeType.TABLE);
    kit.pond().root().createFile("/t", new ByteArrayInputStream(bytes), options);
  }

  @Test
  void whatIsRefusedWhenItHasComeWholeLeavesNothing() throws Exception {
    byte[] table = ParquetFixture.file("message t {required int64 id;}", 10);
    makeTable(table);
    kit.put("/f", "there");
    byte[] bytes = bytes(2 * MIB);
    AsyncTransaction transaction = await(kit.pond().async().begin());

    for (AsyncWorkingDirectory directory : List.of(root, transaction.root())) {
      assertThatThrownBy(
              () -> await(Source.from(pieces(bytes)).runWith(directory.sink("/t"), system)))
          .cause()
          .hasMessageContaining("/t: is no readable Parquet file");
      assertThatThrownBy(
              () -> await(Source.from(pieces(bytes)).runWith(directory.creatingSink("/f"), system)))
          .hasCauseInstanceOf(FileAlreadyExistsException.class);
    }

    assertThat(contents()).isEmpty();
    await(transaction.close());
    assertThat(kit.root().readBytes("/t")).isEqualTo(table);
  }

  @Test
  void aRefusalLeavesEqualBytesThatAreStored() throws Exception {
    byte[] table = ParquetFixture.file("message t {required int64 id;}", 10);
    makeTable(table);
    byte[] bytes = bytes(2 * MIB);
    await(Source.from(pieces(bytes)).runWith(root.sink("/f"), system));

    assertThatThrownBy(() -> await(Source.from(pieces(bytes)).runWith(root.sink("/t"), system)))
        .hasCauseInstanceOf(FileSystemException.class);

    assertThat(collected(root.source("/f"))).isEqualTo(bytes);
    kit.restart();
    assertThat(kit.root().readBytes("/f")).isEqualTo(bytes);
  }

  @Test
  void aTableComesByAStream() throws Exception {
    byte[] table = ParquetFixture.file("message t {required binary text;}", 200_000);
    assertThat(table).hasSizeGreaterThan(1 << 16);
    byte[] small = ParquetFixture.file("message t {required int64 id;}", 10);
    makeTable(small);

    Entry.File written = await(Source.from(pieces(table)).runWith(root.sink("/t"), system));

    assertThat(written.version()).isEqualTo(2);
    kit.restart();
    assertThat(kit.root().readBytes("/t")).isEqualTo(table);
  }

  @Test
  void aStreamThatFailsStoresNothing() {
    IllegalStateException failure = new IllegalStateException("upstream");
    Source<ByteString, ?> failing =
        Source.from(pieces(bytes(3 * MIB))).concat(Source.failed(failure));

    CompletionStage<Entry.File> stored = failing.runWith(root.sink("/f"), system);

    assertThatThrownBy(() -> await(stored)).hasCause(failure);
    assertThat(contents()).isEmpty();
  }

  @Test
  void aSourceIsReadOnlyAsFarAsItIsAskedFor() throws Exception {
    AtomicLong read = new AtomicLong();
    await(Source.from(pieces(bytes(8 * MIB))).runWith(root.sink("/f"), system));
    Source<ByteString, ?> counted =
        root.source("/f")
            .map(
                piece -> {
                  read.addAndGet(piece.length());
                  return piece;
                });

    List<ByteString> some = await(counted.take(2).runWith(Sink.seq(), system));

    assertThat(some).hasSize(2);
    assertThat(read.get()).isLessThan(MIB);
  }

  @Test
  void aRangeAndAGlobAreStreamsToo() throws Exception {
    byte[] bytes = bytes(3 * MIB);
    await(Source.from(pieces(bytes)).runWith(root.sink("/f"), system));
    kit.pond()
        .transact(
            top -> {
              for (int i = 0; i < 250; i++) {
                top.touch("/many" + i + ".txt");
              }
              return "";
            },
            1);

    assertThat(collected(root.source("/f", MIB - 1, 2 * MIB + 1)))
        .isEqualTo(Arrays.copyOfRange(bytes, MIB - 1, 2 * MIB + 1));
    assertThat(await(root.glob("/many*.txt").runWith(Sink.seq(), system))).hasSize(250);
    assertThat(await(root.glob("/*").take(3).runWith(Sink.seq(), system))).hasSize(3);
  }

  @Test
  void manyCopiesAtATimeDoNotWaitForEachOther() throws Exception {
    byte[] bytes = bytes(100_000);
    await(Source.from(pieces(bytes)).runWith(root.sink("/f"), system));
    List<CompletionStage<Entry.File>> copies = new ArrayList<>();

    for (int i = 0; i < 40; i++) {
      copies.add(root.source("/f").runWith(root.sink("/copy" + i), system));
    }

    for (CompletionStage<Entry.File> copy : copies) {
      assertThat(await(copy).size()).isEqualTo(bytes.length);
    }
  }

  @Test
  void whoBringsNothingHoldsNoThread() throws Exception {
    List<CompletableFuture<ByteString>> held = new ArrayList<>();
    List<CompletionStage<Entry.File>> stored = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      CompletableFuture<ByteString> later = new CompletableFuture<>();
      held.add(later);
      stored.add(Source.completionStage(later).runWith(root.sink("/f" + i), system));
    }

    assertThat(await(root.list("/"))).isEmpty();
    held.forEach(later -> later.complete(ByteString.fromString("late")));
    for (CompletionStage<Entry.File> each : stored) {
      assertThat(await(each).size()).isEqualTo(4);
    }
  }

  @Test
  void aPublisherGivesWhatASubscriberTook() throws Exception {
    byte[] bytes = bytes(3 * MIB + 5);
    ContentSubscriber<Entry.File> subscriber = root.creatingSubscriber("/f");
    try (SubmissionPublisher<ByteBuffer> publisher = new SubmissionPublisher<>()) {
      publisher.subscribe(subscriber);
      pieces(bytes).forEach(piece -> publisher.submit(piece.toByteBuffer()));
    }

    assertThat(await(subscriber.stored()).size()).isEqualTo(bytes.length);
    assertThat(collected("/f", 1)).isEqualTo(bytes);
    assertThat(collected("/f", Long.MAX_VALUE)).isEqualTo(bytes);
    assertThatThrownBy(() -> collected("/missing", 1))
        .hasCauseInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> collected("/f", 0)).hasCauseInstanceOf(IllegalArgumentException.class);
  }

  private byte[] collected(String path, long atATime) throws Exception {
    Collector collector = new Collector(atATime);
    root.publisher(path).subscribe(collector);
    return await(collector.whole);
  }

  @Test
  void aSubscriberThatIsCancelledOrFailedStoresNothing() throws Exception {
    ContentSubscriber<Entry.File> cancelled = root.subscriber("/cancelled");
    ContentSubscriber<Entry.File> failed = root.subscriber("/failed");
    IllegalStateException failure = new IllegalStateException("upstream");
    try (SubmissionPublisher<ByteBuffer> publisher = new SubmissionPublisher<>()) {
      publisher.subscribe(cancelled);
      publisher.subscribe(failed);
      pieces(bytes(2 * MIB)).forEach(piece -> publisher.submit(piece.toByteBuffer()));
      cancelled.cancel();
      publisher.closeExceptionally(failure);
    }

    assertThatThrownBy(() -> await(cancelled.stored()))
        .isInstanceOfAny(CancellationException.class, ExecutionException.class);
    assertThatThrownBy(() -> await(failed.stored())).hasCause(failure);
    assertThat(kit.tree()).isEmpty();
    await().untilAsserted(() -> assertThat(contents()).isEmpty());
  }

  /** Asks for some pieces at a time and keeps them all. */
  private static final class Collector implements Flow.Subscriber<ByteBuffer> {
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final long atATime;
    private byte[] bytes = {};
    private Optional<Flow.Subscription> subscription = Optional.empty();

    Collector(long atATime) {
      this.atATime = atATime;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = Optional.of(given);
      given.request(atATime);
    }

    @Override
    public void onNext(ByteBuffer piece) {
      int from = bytes.length;
      bytes = Arrays.copyOf(bytes, from + piece.remaining());
      piece.get(bytes, from, bytes.length - from);
      if (atATime < Long.MAX_VALUE) {
        subscription.orElseThrow().request(atATime);
      }
    }

    @Override
    public void onError(Throwable failure) {
      whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      whole.complete(bytes);
    }
  }
}
