package io.duckpond.async;

import io.duckpond.FileOptions;
import io.duckpond.FileVersion;
import io.duckpond.PondView;
import io.duckpond.WorkingDirectory;
import io.duckpond.content.ContentStore;
import io.duckpond.dynamic.Definition;
import io.duckpond.glob.GlobMatch;
import io.duckpond.glob.GlobOptions;
import io.duckpond.glob.GlobVisitor;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import io.duckpond.path.Resolution;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * A {@link WorkingDirectory} whose calls return at once. Each does what its blocking namesake does,
 * on a thread of the pond's; its stage completes there and fails with what that throws. Any thread:
 * calls on a transaction are done one after another in the order of asking, all others side by
 * side.
 *
 * <p>Contents are streams: bytes are read and written on the pond's threads as they are asked for
 * and come, never more than some pieces of 64 KiB ahead; between them no thread waits. A stream
 * that fails or is cancelled before its end stores nothing. Each run of a source, a sink or a
 * publisher is a reading or a writing of its own.
 */
public final class AsyncWorkingDirectory {
  private final WorkingDirectory directory;
  private final Calls calls;

  /** Those that write the bytes of a stream, which the directory knows nothing of yet. */
  private final Calls streams;

  private final ContentStore store;

  private AsyncWorkingDirectory(
      WorkingDirectory directory, Calls calls, Calls streams, ContentStore store) {
    this.directory = directory;
    this.calls = calls;
    this.streams = streams;
    this.store = store;
  }

  /** The calls of a directory that many threads may use. */
  public static AsyncWorkingDirectory of(
      WorkingDirectory directory, Calls calls, ContentStore store) {
    return new AsyncWorkingDirectory(directory, calls, calls, store);
  }

  /** The calls of a directory that one thread at a time may use, which {@code calls} see to. */
  static AsyncWorkingDirectory ofTransaction(
      WorkingDirectory directory, Calls calls, Calls streams, ContentStore store) {
    return new AsyncWorkingDirectory(directory, calls, streams, store);
  }

  /** A call on the blocking form. */
  @FunctionalInterface
  public interface Call<T> {
    /** Runs on a thread of the pond's. */
    T on(WorkingDirectory directory) throws IOException;
  }

  private interface Action {
    void on(WorkingDirectory directory) throws IOException;
  }

  /** Runs several calls as one, for those who would otherwise wait between them. */
  public <T> CompletionStage<T> call(Call<T> call) {
    return calls.run(() -> call.on(directory));
  }

  private CompletionStage<Done> act(Action action) {
    return calls.run(
        () -> {
          action.on(directory);
          return Done.getInstance();
        });
  }

  private AsyncWorkingDirectory with(WorkingDirectory other) {
    return new AsyncWorkingDirectory(other, calls, streams, store);
  }

  /** Returns the absolute path of this directory. */
  public String path() {
    return directory.path();
  }

  /** As {@link WorkingDirectory#chroot}. */
  public AsyncWorkingDirectory chroot() {
    return with(directory.chroot());
  }

  /** As {@link WorkingDirectory#open}. */
  public CompletionStage<AsyncWorkingDirectory> open(String path) {
    return call(at -> with(at.open(path)));
  }

  /** As {@link WorkingDirectory#lookup}. */
  public CompletionStage<Resolution> lookup(String path) {
    return call(at -> at.lookup(path));
  }

  /** As {@link WorkingDirectory#lookupNoFollow}. */
  public CompletionStage<Resolution> lookupNoFollow(String path) {
    return call(at -> at.lookupNoFollow(path));
  }

  /** As {@link WorkingDirectory#list}. */
  public CompletionStage<SortedMap<EntryName, Entry>> list(String path) {
    return call(at -> at.list(path));
  }

  /** As {@link WorkingDirectory#metadata}. */
  public CompletionStage<Entry> metadata(String path) {
    return call(at -> at.metadata(path));
  }

  /** As {@link WorkingDirectory#metadataNoFollow}. */
  public CompletionStage<Entry> metadataNoFollow(String path) {
    return call(at -> at.metadataNoFollow(path));
  }

  /** As {@link WorkingDirectory#exists}. */
  public CompletionStage<Boolean> exists(String path) {
    return call(at -> at.exists(path));
  }

  /** As {@link WorkingDirectory#walk}. */
  public CompletionStage<Map<String, Entry>> walk(String path) {
    return call(at -> at.walk(path));
  }

  /** As {@link WorkingDirectory#load}. */
  public CompletionStage<Done> load(Collection<String> directories) {
    return act(at -> at.load(directories));
  }

  /** As {@link WorkingDirectory#loadBelow}. */
  public CompletionStage<Done> loadBelow(String path) {
    return act(at -> at.loadBelow(path));
  }

  /** As {@link WorkingDirectory#readLink}. */
  public CompletionStage<String> readLink(String path) {
    return call(at -> at.readLink(path));
  }

  /** As {@link WorkingDirectory#read}: opens without blocking what is then read blocking. */
  public CompletionStage<InputStream> read(String path) {
    return call(at -> at.read(path));
  }

  /** As {@link WorkingDirectory#readBytes}. */
  public CompletionStage<byte[]> readBytes(String path) {
    return call(at -> at.readBytes(path));
  }

  /** As {@link WorkingDirectory#readRange}: opens what is then read blocking. */
  public CompletionStage<InputStream> readRange(String path, long from, long to) {
    return call(at -> at.readRange(path, from, to));
  }

  /** As {@link WorkingDirectory#readVersion}: opens what is then read blocking. */
  public CompletionStage<InputStream> readVersion(String path, long version) {
    return call(at -> at.readVersion(path, version));
  }

  /** As {@link WorkingDirectory#versions}. */
  public CompletionStage<List<FileVersion>> versions(String path) {
    return call(at -> at.versions(path));
  }

  /** As {@link WorkingDirectory#glob(String)}, searching as far as it is asked for. */
  public Source<GlobMatch, NotUsed> glob(String pattern) {
    return glob(pattern, GlobOptions.DEFAULT);
  }

  /** As {@link WorkingDirectory#glob(String, GlobOptions)}, searching as it is asked for. */
  public Source<GlobMatch, NotUsed> glob(String pattern, GlobOptions options) {
    return Batches.source(calls, () -> directory.glob(pattern, options));
  }

  /** As {@link WorkingDirectory#visit(String, GlobVisitor)}, on one thread of the pond's. */
  public CompletionStage<Done> visit(String pattern, GlobVisitor visitor) {
    return act(at -> at.visit(pattern, visitor));
  }

  /** As {@link WorkingDirectory#visit(String, GlobOptions, GlobVisitor)}, on one thread. */
  public CompletionStage<Done> visit(String pattern, GlobOptions options, GlobVisitor visitor) {
    return act(at -> at.visit(pattern, options, visitor));
  }

  /** Returns the bytes that {@link WorkingDirectory#readRange} opens. */
  public Source<ByteString, NotUsed> source(String path, long from, long to) {
    return ContentReading.source(calls, () -> directory.readRange(path, from, to));
  }

  /** Publishes the bytes that {@link WorkingDirectory#readRange} opens. */
  public Flow.Publisher<ByteBuffer> publisher(String path, long from, long to) {
    return new ContentPublisher(calls, () -> directory.readRange(path, from, to));
  }

  /** Returns the newest version of a file. */
  public Source<ByteString, NotUsed> source(String path) {
    return ContentReading.source(calls, () -> openNow(path));
  }

  /** Publishes the newest version of a file, in read-only buffers of the subscriber's own. */
  public Flow.Publisher<ByteBuffer> publisher(String path) {
    return new ContentPublisher(calls, () -> openNow(path));
  }

  private InputStream openNow(String path) throws IOException {
    return directory.read(path);
  }

  /** As {@link WorkingDirectory#createFile}; {@code bytes} are read on the pond's thread. */
  public CompletionStage<Entry.File> createFile(String path, InputStream bytes) {
    return call(at -> at.createFile(path, bytes));
  }

  /** The same with options. */
  public CompletionStage<Entry.File> createFile(
      String path, InputStream bytes, FileOptions options) {
    return call(at -> at.createFile(path, bytes, options));
  }

  /** As {@link WorkingDirectory#createFile}, when all bytes have come. */
  public Sink<ByteString, CompletionStage<Entry.File>> creatingSink(String path) {
    return ContentTaking.sink(streams, store, bytes -> createFile(path, bytes));
  }

  /** The same for one publisher. */
  public ContentSubscriber<Entry.File> creatingSubscriber(String path) {
    return new ContentSubscriber<>(
        new ContentTaking<>(streams, store, bytes -> createFile(path, bytes)));
  }

  /** As {@link WorkingDirectory#write}; {@code bytes} are read on the pond's thread. */
  public CompletionStage<Entry.File> write(String path, InputStream bytes) {
    return call(at -> at.write(path, bytes));
  }

  /** The same with attributes. */
  public CompletionStage<Entry.File> write(String path, InputStream bytes, Attributes attributes) {
    return call(at -> at.write(path, bytes, attributes));
  }

  /** As {@link WorkingDirectory#write}, when all bytes have come. */
  public Sink<ByteString, CompletionStage<Entry.File>> sink(String path) {
    return ContentTaking.sink(streams, store, bytes -> write(path, bytes));
  }

  /** The same for one publisher. */
  public ContentSubscriber<Entry.File> subscriber(String path) {
    return new ContentSubscriber<>(
        new ContentTaking<>(streams, store, bytes -> write(path, bytes)));
  }

  /** As {@link WorkingDirectory#append}; {@code piece} is read on the pond's thread. */
  public CompletionStage<Entry.File> append(String path, InputStream piece) {
    return call(at -> at.append(path, piece));
  }

  /** As {@link WorkingDirectory#append}, when all bytes have come. */
  public Sink<ByteString, CompletionStage<Entry.File>> appendingSink(String path) {
    return ContentTaking.sink(streams, store, bytes -> append(path, bytes));
  }

  /** The same for one publisher. */
  public ContentSubscriber<Entry.File> appendingSubscriber(String path) {
    return new ContentSubscriber<>(
        new ContentTaking<>(streams, store, bytes -> append(path, bytes)));
  }

  /** As {@link WorkingDirectory#createDirectory}. */
  public CompletionStage<Entry.Directory> createDirectory(String path) {
    return call(at -> at.createDirectory(path));
  }

  /** As {@link WorkingDirectory#createDirectories}. */
  public CompletionStage<Entry.Directory> createDirectories(String path) {
    return call(at -> at.createDirectories(path));
  }

  /** As {@link WorkingDirectory#createSymlink}. */
  public CompletionStage<Entry.Symlink> createSymlink(String path, String target) {
    return call(at -> at.createSymlink(path, target));
  }

  /** As {@link WorkingDirectory#createDynamic}. */
  public CompletionStage<Entry> createDynamic(String path, String factory, String config) {
    return call(at -> at.createDynamic(path, factory, config));
  }

  /** As {@link WorkingDirectory#redefine}. */
  public CompletionStage<Entry> redefine(String path, String factory, String config) {
    return call(at -> at.redefine(path, factory, config));
  }

  /** As {@link WorkingDirectory#definition}. */
  public CompletionStage<Definition> definition(String path) {
    return call(at -> at.definition(path));
  }

  /** As {@link WorkingDirectory#rename}. */
  public CompletionStage<Done> rename(String from, String to) {
    return act(at -> at.rename(from, to));
  }

  /** As {@link WorkingDirectory#renameReplacing}. */
  public CompletionStage<Done> renameReplacing(String from, String to) {
    return act(at -> at.renameReplacing(from, to));
  }

  /** As {@link WorkingDirectory#copy}. */
  public CompletionStage<Done> copy(String from, String to) {
    return act(at -> at.copy(from, to));
  }

  /** As {@link WorkingDirectory#copyReplacing}. */
  public CompletionStage<Done> copyReplacing(String from, String to) {
    return act(at -> at.copyReplacing(from, to));
  }

  /** As {@link WorkingDirectory#revert}. */
  public CompletionStage<Done> revert(Collection<String> paths, PondView state) {
    return act(at -> at.revert(paths, state));
  }

  /** As {@link WorkingDirectory#remove}. */
  public CompletionStage<Done> remove(String path) {
    return act(at -> at.remove(path));
  }

  /** As {@link WorkingDirectory#removeRecursively}. */
  public CompletionStage<Done> removeRecursively(String path) {
    return act(at -> at.removeRecursively(path));
  }

  /** As {@link WorkingDirectory#setAttributes}. */
  public CompletionStage<Done> setAttributes(String path, Attributes attributes) {
    return act(at -> at.setAttributes(path, attributes));
  }

  /** As {@link WorkingDirectory#touch}. */
  public CompletionStage<Done> touch(String path) {
    return act(at -> at.touch(path));
  }
}
