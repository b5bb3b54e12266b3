package io.duckpond.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.Transaction;
import io.duckpond.WorkingDirectory;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.transaction.Savepoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes calls of a pond's transaction. */
final class PondCalls {
  private final Transaction transaction;
  private final List<Savepoint> savepoints = new ArrayList<>();

  PondCalls(Transaction transaction) {
    this.transaction = transaction;
  }

  /** Notes that the transaction is another one. */
  void forgetSavepoints() {
    savepoints.clear();
  }

  static String describe(Entry entry) {
    Held.Kind kind =
        entry instanceof Entry.Directory
            ? Held.Kind.DIRECTORY
            : entry instanceof Entry.Symlink
                ? Held.Kind.LINK
                : entry.type().isSeries() ? Held.Kind.SERIES : Held.Kind.FILE;
    Attributes attributes = entry.attributes();
    long size =
        entry instanceof Entry.File file
            ? file.size()
            : entry instanceof Entry.Symlink link ? link.target().length() : 0;
    return Held.describe(
        kind, entry.version(), attributes.mode(), attributes.modifiedNanos(), size);
  }

  private static String describe(Map<?, Entry> entries) {
    return entries.entrySet().stream()
        .map(each -> each.getKey() + " " + describe(each.getValue()))
        .collect(Collectors.joining("\n"));
  }

  /** Returns what is read, nothing of what is changed, or the class of the refusal. */
  String answer(Call call) throws IOException {
    try {
      return call.verb().reads() ? read(call) : change(call);
    } catch (FileSystemException refusal) {
      return refusal.getClass().getSimpleName();
    }
  }

  private String read(Call call) throws IOException {
    WorkingDirectory root = transaction.root();
    return switch (call.verb()) {
      case LIST -> describe(root.list(call.path()));
      case WALK -> describe(root.walk(call.path()));
      case READ -> new String(root.readBytes(call.path()), UTF_8);
      case STAT -> describe(root.metadataNoFollow(call.path()));
      case EXISTS -> String.valueOf(root.exists(call.path()));
      case READ_LINK -> root.readLink(call.path());
      default -> throw new IllegalArgumentException(call + " changes something");
    };
  }

  private static InputStream bytes(Call call) {
    return new ByteArrayInputStream(call.other().getBytes(UTF_8));
  }

  private String change(Call call) throws IOException {
    WorkingDirectory root = transaction.root();
    switch (call.verb()) {
      case CREATE -> root.createFile(call.path(), bytes(call));
      case WRITE -> root.write(call.path(), bytes(call));
      case APPEND -> root.append(call.path(), bytes(call));
      case MKDIR -> root.createDirectory(call.path());
      case MKDIRS -> root.createDirectories(call.path());
      case SYMLINK -> root.createSymlink(call.path(), call.other());
      case RENAME -> root.rename(call.path(), call.other());
      case REPLACE -> root.renameReplacing(call.path(), call.other());
      case REMOVE -> root.remove(call.path());
      case REMOVE_RECURSIVELY -> root.removeRecursively(call.path());
      case TOUCH -> root.touch(call.path());
      case CHMOD ->
          root.setAttributes(
              call.path(), new Attributes(Integer.parseInt(call.other(), 8), call.now()));
      case SAVEPOINT -> savepoints.add(transaction.savepoint());
      case ROLL_BACK -> {
        int chosen = call.savepoint(savepoints.size());
        transaction.rollbackTo(savepoints.get(chosen));
        savepoints.subList(chosen + 1, savepoints.size()).clear();
      }
      case RELEASE -> {
        int chosen = call.savepoint(savepoints.size());
        transaction.release(savepoints.get(chosen));
        savepoints.subList(chosen, savepoints.size()).clear();
      }
      default -> throw new IllegalArgumentException(call + " only reads");
    }
    return "";
  }
}
