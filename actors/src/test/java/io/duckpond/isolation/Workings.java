package io.duckpond.isolation;

import io.duckpond.isolation.Way.AtEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A transaction of the model: answers calls as a pond must, on one tree and its own changes. */
final class Workings {
  private static final String EXISTS = "FileAlreadyExistsException";
  private static final String MISSING = "NoSuchFileException";
  private static final String NOT_A_DIRECTORY = "NotDirectoryException";
  private static final String NOT_EMPTY = "DirectoryNotEmptyException";
  private static final String REFUSED = "FileSystemException";
  private static final String DONE = "";

  private final long transaction;
  private final Tree seen;
  private final Reads reads = new Reads();
  private final List<Tree> savepoints = new ArrayList<>();
  private Tree tree;

  /**
   * A transaction that has done nothing yet.
   *
   * @param transaction no other one's number
   */
  Workings(long transaction, Tree seen) {
    this.transaction = transaction;
    this.seen = seen;
    this.tree = seen;
  }

  /** Returns what it has looked at. */
  Reads reads() {
    return reads;
  }

  /** Returns what it comes to. */
  Change change() {
    return new Change(seen, tree.withoutRemoved());
  }

  /** Returns the tree as it sees it. */
  Tree tree() {
    return tree;
  }

  String answer(Call call) {
    return switch (call.verb()) {
      case LIST -> list(call);
      case WALK -> walk(call);
      case READ -> read(call);
      case STAT ->
          way(call.path(), AtEnd.KEEP) instanceof Way.Found found
              ? found.held().description()
              : refusal(call.path(), AtEnd.KEEP);
      case EXISTS -> String.valueOf(way(call.path(), AtEnd.FOLLOW) instanceof Way.Found);
      case READ_LINK -> readLink(call);
      case CREATE -> create(call, file(call, Held.Kind.FILE));
      case WRITE -> write(call, Held.Kind.FILE);
      case APPEND -> write(call, Held.Kind.SERIES);
      case MKDIR -> create(call, Held.directory(call.node(0), call.now()));
      case MKDIRS -> makeDirectories(call);
      case SYMLINK -> create(call, Held.link(call.node(0), call.now(), call.other()));
      case RENAME, REPLACE -> move(call);
      case REMOVE, REMOVE_RECURSIVELY -> remove(call);
      case TOUCH -> touch(call);
      case CHMOD -> chmod(call);
      case SAVEPOINT -> savepoint();
      case ROLL_BACK -> rollBack(call);
      case RELEASE -> release(call);
    };
  }

  private Way way(String path, AtEnd atEnd) {
    return Way.of(tree, path, atEnd, reads::name);
  }

  private String refusal(String path, AtEnd atEnd) {
    return way(path, atEnd) instanceof Way.Blocked blocked ? blocked.refusal() : MISSING;
  }

  private void put(long directory, String name, Held held) {
    tree = tree.with(directory, name, Optional.of(held));
  }

  private void take(Way.Found found) {
    tree = tree.with(found.parent(), found.name(), Optional.empty());
  }

  private Held file(Call call, Held.Kind kind) {
    return new Held(kind, call.node(0), 0644, call.now(), 1, transaction, call.other());
  }

  private String list(Call call) {
    if (!(way(call.path(), AtEnd.FOLLOW) instanceof Way.Found found)) {
      return refusal(call.path(), AtEnd.FOLLOW);
    }
    return found.held().isDirectory() ? listing(found.held().node()) : NOT_A_DIRECTORY;
  }

  private String listing(long directory) {
    reads.listing(directory);
    return tree.names(directory).entrySet().stream()
        .map(each -> each.getKey() + " " + each.getValue().description())
        .collect(Collectors.joining("\n"));
  }

  private String walk(Call call) {
    if (!(way(call.path(), AtEnd.FOLLOW) instanceof Way.Found found)) {
      return refusal(call.path(), AtEnd.FOLLOW);
    }
    if (!found.held().isDirectory()) {
      return NOT_A_DIRECTORY;
    }
    List<String> lines = new ArrayList<>();
    addBelow(found.held().node(), "", lines);
    return String.join("\n", lines);
  }

  private void addBelow(long directory, String prefix, List<String> lines) {
    reads.listing(directory);
    for (Map.Entry<String, Held> each : tree.names(directory).entrySet()) {
      lines.add(prefix + each.getKey() + " " + each.getValue().description());
      if (each.getValue().isDirectory()) {
        addBelow(each.getValue().node(), prefix + each.getKey() + "/", lines);
      }
    }
  }

  private String read(Call call) {
    if (!(way(call.path(), AtEnd.FOLLOW) instanceof Way.Found found)) {
      return refusal(call.path(), AtEnd.FOLLOW);
    }
    return found.held().isDirectory() ? REFUSED : found.held().text();
  }

  private String readLink(Call call) {
    if (!(way(call.path(), AtEnd.KEEP) instanceof Way.Found found)) {
      return refusal(call.path(), AtEnd.KEEP);
    }
    return found.held().kind() == Held.Kind.LINK ? found.held().text() : "NotLinkException";
  }

  private String create(Call call, Held made) {
    Way way = way(call.path(), AtEnd.KEEP);
    if (way instanceof Way.Vacant vacant) {
      put(vacant.parent(), vacant.name(), made);
      return DONE;
    }
    return way instanceof Way.Blocked blocked ? blocked.refusal() : EXISTS;
  }

  private String write(Call call, Held.Kind kind) {
    Way way = way(call.path(), AtEnd.FOLLOW);
    if (way instanceof Way.Blocked blocked) {
      return blocked.refusal();
    }
    if (way instanceof Way.Vacant vacant) {
      put(vacant.parent(), vacant.name(), file(call, kind));
      return DONE;
    }
    Way.Found found = (Way.Found) way;
    if (found.held().kind() != kind) {
      return REFUSED;
    }
    Held next =
        kind == Held.Kind.SERIES
            ? found.held().appended(call.now(), transaction, call.other())
            : found.held().written(call.now(), transaction, call.other());
    put(found.parent(), found.name(), next);
    return DONE;
  }

  private String makeDirectories(Call call) {
    String[] names = call.path().substring(1).split("/", -1);
    String path = "";
    for (int i = 0; i < names.length; i++) {
      path += "/" + names[i];
      boolean last = i == names.length - 1;
      Way way = way(path, AtEnd.FOLLOW);
      if (way instanceof Way.Blocked blocked
          && blocked.refusal().equals("FileSystemLoopException")
          && !last) {
        return blocked.refusal();
      }
      if (!(way instanceof Way.Found found)) {
        Way place = way(path, AtEnd.KEEP);
        if (!(place instanceof Way.Vacant vacant)) {
          return place instanceof Way.Blocked blocked ? blocked.refusal() : EXISTS;
        }
        put(vacant.parent(), vacant.name(), Held.directory(call.node(i), call.now()));
      } else if (!found.held().isDirectory()) {
        return last ? EXISTS : NOT_A_DIRECTORY;
      }
    }
    return DONE;
  }

  private String move(Call call) {
    if (!(way(call.path(), AtEnd.KEEP) instanceof Way.Found from)) {
      return refusal(call.path(), AtEnd.KEEP);
    }
    Way goal = way(call.other(), AtEnd.KEEP);
    if (goal instanceof Way.Blocked blocked) {
      return blocked.refusal();
    }
    if (goal instanceof Way.Vacant vacant) {
      return arrive(from, vacant.parent(), vacant.name(), vacant.path());
    }
    Way.Found taken = (Way.Found) goal;
    if (taken.path().startsWith(from.path() + "/")) {
      return REFUSED;
    }
    if (taken.held().node() == from.held().node()) {
      return DONE;
    }
    if (call.verb() == Call.Verb.RENAME) {
      return EXISTS;
    }
    if (from.held().isDirectory() != taken.held().isDirectory()) {
      return from.held().isDirectory() ? NOT_A_DIRECTORY : REFUSED;
    }
    if (taken.held().isDirectory() && !isEmpty(taken.held().node())) {
      return NOT_EMPTY;
    }
    return arrive(from, taken.parent(), taken.name(), taken.path());
  }

  private String arrive(Way.Found from, long directory, String name, String path) {
    if (path.startsWith(from.path() + "/")) {
      return REFUSED;
    }
    take(from);
    put(directory, name, from.held());
    return DONE;
  }

  private boolean isEmpty(long directory) {
    reads.listing(directory);
    return tree.names(directory).isEmpty();
  }

  private String remove(Call call) {
    if (!(way(call.path(), AtEnd.KEEP) instanceof Way.Found found)) {
      return refusal(call.path(), AtEnd.KEEP);
    }
    if (call.verb() == Call.Verb.REMOVE
        && found.held().isDirectory()
        && !isEmpty(found.held().node())) {
      return NOT_EMPTY;
    }
    take(found);
    return DONE;
  }

  private String touch(Call call) {
    if (!(way(call.path(), AtEnd.FOLLOW) instanceof Way.Found found)) {
      return write(call, Held.Kind.FILE);
    }
    put(found.parent(), found.name(), found.held().with(found.held().mode(), call.now()));
    return DONE;
  }

  private String chmod(Call call) {
    if (!(way(call.path(), AtEnd.KEEP) instanceof Way.Found found)) {
      return refusal(call.path(), AtEnd.KEEP);
    }
    int mode = Integer.parseInt(call.other(), 8);
    put(found.parent(), found.name(), found.held().with(mode, call.now()));
    return DONE;
  }

  private String savepoint() {
    savepoints.add(tree);
    return DONE;
  }

  private String rollBack(Call call) {
    int chosen = call.savepoint(savepoints.size());
    tree = savepoints.get(chosen);
    savepoints.subList(chosen + 1, savepoints.size()).clear();
    return DONE;
  }

  private String release(Call call) {
    savepoints.subList(call.savepoint(savepoints.size()), savepoints.size()).clear();
    return DONE;
  }
}
