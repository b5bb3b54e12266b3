package io.duckpond.content;

import io.duckpond.Progress;
import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the contents that no version in the log refers to and nobody is about to refer to; for
 * the one who holds the write lock.
 *
 * <pre>
 *   1  list contents/, read the log: what neither names, nor any process has registered,
 *      is set aside:        3f/3fa2…  →  tmp-collected-3fa2…
 *   2  fence; read the log and the registrations again: what they name now gets its name back,
 *      the rest goes
 * </pre>
 *
 * <p>Who tests for a content registers it first. So either the second look finds the registration,
 * or the test came when the content was set aside: then the bytes are written again. A writer that
 * was stopped between its test and its commit cannot commit behind the fence; one that has taken
 * the lock away from this one makes the fence fail, and everything gets its name back. A name that
 * a version may have is never removed after the fence, only that of what was set aside.
 */
final class ContentCollection {
  private static final Logger LOG = LoggerFactory.getLogger(ContentCollection.class);
  private static final int BATCH = 256;

  private final ContentFolder folder;
  private final SetAside away;
  private final Registrations registrations;
  private final References references;
  private final Progress progress;

  ContentCollection(
      ContentFolder folder, Registrations registrations, References references, Progress progress) {
    this.folder = folder;
    this.away = folder.setAside();
    this.registrations = registrations;
    this.references = references;
    this.progress = progress;
  }

  Collected run() throws IOException {
    registrations.begin();
    try {
      Set<Sha256> unknown = ConcurrentHashMap.newKeySet();
      unknown.addAll(folder.contents());
      if (!unknown.isEmpty()) {
        references.all(unknown::remove);
        folder.registeredElsewhere(unknown::remove);
      }
      return unknown.isEmpty() ? Collected.NOTHING : collect(List.copyOf(unknown));
    } finally {
      registrations.end();
    }
  }

  private Collected collect(List<Sha256> orphans) throws IOException {
    List<Sha256> aside = new ArrayList<>();
    Set<Sha256> wanted = ConcurrentHashMap.newKeySet();
    try {
      for (int from = 0; from < orphans.size(); from += BATCH) {
        List<Sha256> batch = orphans.subList(from, Math.min(from + BATCH, orphans.size()));
        aside.addAll(batch); // any of them may be: those that are held stay where they are
        registrations.takeUnheld(batch, away::take);
        progress.at("contents set aside", aside.size(), 0);
      }
      references.fence(wanted::add);
      folder.registeredElsewhere(wanted::add);
    } catch (IOException | RuntimeException e) {
      giveBack(aside, e);
      throw e;
    }
    List<Sha256> back = aside.stream().filter(wanted::contains).toList();
    away.giveBack(back);
    Set<Sha256> kept = new HashSet<>(back);
    return away.remove(aside.stream().filter(each -> !kept.contains(each)).toList());
  }

  /** What does not get its name back now gets it from the next writer. */
  private void giveBack(List<Sha256> aside, Exception failure) {
    try {
      away.giveBack(aside);
    } catch (IOException e) {
      failure.addSuppressed(e);
      LOG.warn("[{}]: {} contents stay aside", folder.directory(), aside.size());
    }
  }
}
