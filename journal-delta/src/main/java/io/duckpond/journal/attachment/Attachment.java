package io.duckpond.journal.attachment;

import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.IOResult;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.StreamConverters;
import org.apache.pekko.util.ByteString;

/** Bytes beside an event. Immutable; any thread. */
public sealed interface Attachment permits NewAttachment, StoredAttachment {

  /** Returns an attachment without a name. The array is not copied, and must not be changed. */
  static Attachment of(byte[] bytes) {
    return of("", bytes);
  }

  /**
   * Returns an attachment. The array is not copied, and must not be changed.
   *
   * @param name for the application to know it by; nothing depends on it
   */
  static Attachment of(String name, byte[] bytes) {
    return new NewAttachment(name, bytes);
  }

  /** Returns the name that it was given. */
  String name();

  /** Returns the number of bytes. */
  long size();

  /** Returns the digest of the bytes. */
  Sha256 sha256();

  /**
   * Opens the bytes, for one thread. Of stored ones about a MiB at a time is in memory, and what is
   * read has been verified: its end is only reached if all of it is what was stored. Reading blocks
   * on the disk, and fails with
   *
   * <ul>
   *   <li>{@code NoSuchFileException} if the event has been deleted,
   *   <li>{@code DamageException} if the stored bytes are not what was written.
   * </ul>
   */
  InputStream open() throws IOException;

  /**
   * Returns all bytes, which must fit an array.
   *
   * @param readers runs the reading, which blocks
   */
  default CompletionStage<byte[]> read(Executor readers) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (InputStream in = open()) {
            return in.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        readers);
  }

  /** Returns the bytes as a stream, which reads on Pekko's dispatcher for blocking I/O. */
  default Source<ByteString, NotUsed> source() {
    Source<ByteString, CompletionStage<IOResult>> source =
        StreamConverters.fromInputStream(this::open);
    return source.mapMaterializedValue(result -> NotUsed.getInstance());
  }
}
