package io.duckpond.protocol;

import io.duckpond.WorkingDirectory;
import io.duckpond.glob.GlobMatch;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Parts of what may be more than one message can hold. */
final class Excerpts {
  /** Of paths, targets and captures in one message, each of 3 bytes at most; and one node more. */
  private static final int MAX_CHARACTERS = 32 * 1024;

  private Excerpts() {}

  static Payload.Listing list(WorkingDirectory root, String path, Optional<String> after, int limit)
      throws IOException {
    String directory = root.open(path).path();
    String prefix = directory.equals("/") ? "/" : directory + "/";
    List<Payload.Node> nodes = new ArrayList<>();
    int characters = 0;
    String last = "";
    for (Map.Entry<EntryName, Entry> entry : root.list(path).entrySet()) {
      String name = entry.getKey().value();
      if (after.isPresent() && EntryName.compareCodePoints(name, after.get()) <= 0) {
        continue;
      }
      if (nodes.size() == limit || characters > MAX_CHARACTERS) {
        return new Payload.Listing(nodes, Optional.of(last));
      }
      Payload.Node node = Payload.Node.of(prefix + name, entry.getValue());
      characters += charactersOf(node);
      nodes.add(node);
      last = name;
    }
    return new Payload.Listing(nodes, Optional.empty());
  }

  static Payload.Matches glob(WorkingDirectory root, String pattern, int limit) throws IOException {
    try (Stream<GlobMatch> found = root.glob(pattern)) {
      List<Payload.Match> matches = new ArrayList<>();
      int characters = 0;
      for (Iterator<GlobMatch> all = found.iterator(); all.hasNext(); ) {
        if (matches.size() == limit || characters > MAX_CHARACTERS) {
          return new Payload.Matches(matches, Payload.Rest.MORE);
        }
        GlobMatch match = all.next();
        Payload.Node node = Payload.Node.of(match.path(), match.entry());
        characters += charactersOf(node);
        characters += match.captures().stream().mapToInt(String::length).sum();
        matches.add(new Payload.Match(node, match.captures()));
      }
      return new Payload.Matches(matches, Payload.Rest.NONE);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static int charactersOf(Payload.Node node) {
    return node.path().length() + node.target().map(String::length).orElse(0);
  }
}
