package io.duckpond.launcher.command;

import io.duckpond.PondTime;
import io.duckpond.WorkingDirectory;
import io.duckpond.glob.Glob;
import io.duckpond.glob.GlobOptions;
import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.render.Times;
import io.duckpond.node.Entry;
import io.duckpond.node.NodePath;
import io.duckpond.node.NodeType;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a search asks of each node, as words of the command line. */
final class NodeTests {
  private static final Pattern SIZE = Pattern.compile("([+-]?)([0-9]{1,15})([ckMG]?)");
  private static final int SHIFT = 10;

  private NodeTests() {}

  /** Returns the types that a letter or a name stands for. */
  static Set<NodeType> types(String word) {
    return switch (word) {
      case "d" -> EnumSet.of(NodeType.DIRECTORY, NodeType.DYNAMIC_DIRECTORY);
      case "l" -> EnumSet.of(NodeType.SYMLINK);
      case "f" ->
          EnumSet.complementOf(
              EnumSet.of(NodeType.DIRECTORY, NodeType.DYNAMIC_DIRECTORY, NodeType.SYMLINK));
      default -> EnumSet.of(named(word));
    };
  }

  private static NodeType named(String word) {
    return Arrays.stream(NodeType.values())
        .filter(type -> type.storedName().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                Complaint.usage(
                        "--type",
                        "not a type: '" + word + "'",
                        Arrays.stream(NodeType.values())
                            .map(NodeType::storedName)
                            .collect(Collectors.joining(", ", "one of f, d, l, ", "")))
                    .exception());
  }

  /** Returns the test of {@code 10k}, {@code +10k} or {@code -10k}; only files have a size. */
  static Predicate<NodePath> size(String word) {
    Matcher parts = SIZE.matcher(word);
    if (!parts.matches()) {
      throw Complaint.usage("--size", "not a size: '" + word + "'", "as in 100, +10k or -2M")
          .exception();
    }
    int units = "kMG".indexOf(parts.group(3).isEmpty() ? "c" : parts.group(3)) + 1;
    long factor = 1L << SHIFT * units;
    long bytes = Long.parseLong(parts.group(2));
    long limit = bytes > Long.MAX_VALUE / factor ? Long.MAX_VALUE : bytes * factor;
    return node ->
        node.entry() instanceof Entry.File file
            && switch (parts.group(1)) {
              case "+" -> file.size() > limit;
              case "-" -> file.size() < limit;
              default -> file.size() == limit;
            };
  }

  /**
   * Returns the test of a pattern: without a slash of names, with one of paths below {@code top},
   * or of whole paths.
   */
  static Predicate<NodePath> glob(Glob glob, String text, String top) {
    if (text.indexOf('/') < 0) {
      return node -> {
        List<EntryName> names = names(node.path());
        int last = Math.max(0, names.size() - 1);
        return matches(glob, names.subList(last, names.size()), node);
      };
    }
    int skipped = text.startsWith("/") ? 0 : names(top).size();
    return node -> {
      List<EntryName> names = names(node.path());
      return matches(glob, names.subList(skipped, names.size()), node);
    };
  }

  private static boolean matches(Glob glob, List<EntryName> names, NodePath node) {
    boolean directory = types("d").contains(node.entry().type());
    return glob.match(names, GlobOptions.Hidden.ALL).isPresent()
        && (directory || !glob.demandsDirectory());
  }

  private static List<EntryName> names(String path) {
    return Arrays.stream(path.split("/", -1))
        .filter(name -> !name.isEmpty())
        .map(EntryName::new)
        .toList();
  }

  /** Returns the test of having been modified after a time, or after the node at a path. */
  static Predicate<NodePath> newer(String word, WorkingDirectory root, ZoneId zone)
      throws IOException {
    Optional<Instant> time = word.indexOf('/') >= 0 ? Optional.empty() : PondTime.parse(word, zone);
    Instant limit = time.isPresent() ? time.get() : modified(reference(root, word));
    return node -> modified(node.entry()).isAfter(limit);
  }

  /** A link that leads nowhere stands for itself. */
  private static Entry reference(WorkingDirectory root, String path) throws IOException {
    return root.exists(path) ? root.metadata(path) : root.metadataNoFollow(path);
  }

  private static Instant modified(Entry entry) {
    return Times.ofNanos(entry.attributes().modifiedNanos());
  }
}
