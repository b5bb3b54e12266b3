package io.duckpond.nio;

import io.duckpond.CommitInfo;
import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.PondView;
import io.duckpond.Transaction;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The file systems that a provider has open, by their URIs. Those that were made by their URI it
 * keeps until they are closed; those of a pond that somebody else has opened as long as they are
 * used. Any thread.
 */
final class OpenFileSystems {
  private final PondFileSystemProvider provider;

  /** Guarded by itself, as the next. */
  private final Map<String, PondFileSystem> opened = new HashMap<>();

  private final Map<String, WeakReference<PondFileSystem>> borrowed = new HashMap<>();
  private final Map<Pond, PondFileSystem.Shared> ofPonds = new WeakHashMap<>();
  private long transactions;

  OpenFileSystems(PondFileSystemProvider provider) {
    this.provider = provider;
  }

  /** Opens what {@code uri} says, or {@code env} brings; closing it closes a pond opened here. */
  PondFileSystem open(PondUri uri, Map<String, ?> env) throws IOException {
    Path folder = FileSystems.getDefault().getPath(uri.folder());
    synchronized (opened) {
      if (opened.containsKey(key(folder, uri.state()))) {
        throw new FileSystemAlreadyExistsException(uri.fileSystem());
      }
      PondFileSystem fileSystem = open(folder, uri.state(), uri.asOf(), env);
      opened.put(key(folder, uri.state()), fileSystem); // the folder may be a link to
      opened.put(fileSystem.uri().fileSystem(), fileSystem); // the pond's
      return fileSystem;
    }
  }

  /** Opens the pond in a folder, beside whatever else is open; refuses what is no folder. */
  PondFileSystem open(Path folder, Map<String, ?> env) throws IOException {
    boolean isPond =
        folder.getFileSystem() == FileSystems.getDefault()
            && (env.containsKey("create") || isDirectory(folder.resolve("oplog")));
    if (!isPond) {
      throw new UnsupportedOperationException("no pond: " + folder);
    }
    PondFileSystem fileSystem = open(folder, "", Optional.empty(), env);
    synchronized (opened) {
      borrowed.putIfAbsent(fileSystem.uri().fileSystem(), new WeakReference<>(fileSystem));
    }
    return fileSystem;
  }

  private static boolean isDirectory(Path path) {
    try {
      return path.getFileSystem()
          .provider()
          .readAttributes(path, BasicFileAttributes.class, new LinkOption[0])
          .isDirectory();
    } catch (IOException e) {
      return false; // then nobody can open it as a pond
    }
  }

  private PondFileSystem open(Path folder, String state, Optional<String> asOf, Map<String, ?> env)
      throws IOException {
    if (state.startsWith(PondUri.TRANSACTION)) {
      throw new IllegalArgumentException("a transaction is opened by its pond, not by a URI");
    }
    Object given = env.get("pond");
    Pond pond = given instanceof Pond shared ? shared : Backing.guarded(() -> pond(folder, env));
    try {
      Backing backing =
          asOf.isEmpty()
              ? new Backing.Present(pond)
              : new Backing.Past(Backing.guarded(() -> past(pond, asOf.get())), Optional.of(pond));
      PondUri uri = new PondUri(pond.directory().toString(), "/", state);
      return new PondFileSystem(
          provider, backing, shared(backing), uri, () -> closed(uri, pond, pond != given));
    } catch (IOException | RuntimeException e) {
      if (pond != given) {
        pond.close();
      }
      throw e;
    }
  }

  private static Pond pond(Path folder, Map<String, ?> env) throws IOException {
    PondSettings settings =
        env.get("settings") instanceof PondSettings given ? given : PondSettings.load();
    boolean create = "true".equals(String.valueOf(env.get("create")));
    return create && !isDirectory(folder.resolve("oplog"))
        ? Pond.create(folder, settings, CommitInfo.message("made by FileSystems.newFileSystem"))
        : Pond.open(folder, settings);
  }

  private static PondView past(Pond pond, String asOf) throws IOException {
    try {
      return asOf.matches("[0-9]{1,18}")
          ? pond.asOf(Long.parseLong(asOf))
          : pond.asOf(Instant.parse(asOf));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("not a transaction number or an instant: " + asOf, e);
    }
  }

  private void closed(PondUri uri, Pond pond, boolean ours) {
    synchronized (opened) {
      opened.values().removeIf(kept -> kept.uri().equals(uri) && !kept.isOpen());
    }
    if (ours) {
      pond.close();
    }
  }

  PondFileSystem of(Pond pond) {
    synchronized (opened) {
      return borrow(new PondUri(pond.directory().toString(), "/", ""), new Backing.Present(pond));
    }
  }

  /** All file systems of a pond's present have the same locks, and see the same new files. */
  private PondFileSystem.Shared shared(Backing backing) {
    synchronized (opened) {
      return backing instanceof Backing.Present present
          ? ofPonds.computeIfAbsent(present.open(), same -> PondFileSystem.Shared.nothingYet())
          : PondFileSystem.Shared.nothingYet();
    }
  }

  PondFileSystem of(Transaction transaction) {
    synchronized (opened) {
      String state = PondUri.TRANSACTION + ++transactions;
      String folder = transaction.pond().directory().toString();
      return borrow(new PondUri(folder, "/", state), new Backing.Uncommitted(transaction));
    }
  }

  PondFileSystem of(Pond pond, PondView view) {
    synchronized (opened) {
      String state = PondUri.AS_OF + view.txnSeq();
      return borrow(
          new PondUri(pond.directory().toString(), "/", state),
          new Backing.Past(view, Optional.of(pond)));
    }
  }

  private PondFileSystem borrow(PondUri uri, Backing backing) {
    PondFileSystem fileSystem =
        new PondFileSystem(provider, backing, shared(backing), uri, () -> {});
    borrowed.values().removeIf(OpenFileSystems::isGone);
    borrowed.putIfAbsent(uri.fileSystem(), new WeakReference<>(fileSystem));
    return fileSystem;
  }

  private static boolean isGone(WeakReference<PondFileSystem> reference) {
    PondFileSystem fileSystem = reference.get();
    return fileSystem == null || !fileSystem.isOpen();
  }

  /** Returns one that is open, or throws {@link FileSystemNotFoundException}. */
  PondFileSystem get(PondUri uri) {
    synchronized (opened) {
      PondFileSystem known =
          known(key(FileSystems.getDefault().getPath(uri.folder()), uri.state()));
      if (known == null) {
        throw new FileSystemNotFoundException(uri.fileSystem());
      }
      return known;
    }
  }

  private @Nullable PondFileSystem known(String key) {
    PondFileSystem known = opened.get(key);
    WeakReference<PondFileSystem> weak = borrowed.get(key);
    PondFileSystem found = known == null && weak != null ? weak.get() : known;
    return found != null && found.isOpen() ? found : null;
  }

  private static String key(Path folder, String state) {
    return new PondUri(folder.toAbsolutePath().normalize().toString(), "/", state).fileSystem();
  }
}
