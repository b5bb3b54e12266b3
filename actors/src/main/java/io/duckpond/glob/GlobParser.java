package io.duckpond.glob;

import io.duckpond.path.EntryName;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;

/** Reads a pattern, or says what is wrong with it. */
final class GlobParser {

  /** The longest pattern, in bytes of UTF-8. */
  static final int MAX_BYTES = 4096;

  /** How deep alternatives may stand in one another. */
  static final int MAX_DEPTH = 100;

  private static final Atom ANY_RUN = new Atom.AnyRun();

  private final String text;
  private final int[] points;
  private int at;

  GlobParser(String text) throws FileSystemException {
    this.text = text;
    this.points = text.codePoints().toArray();
    if (text.isEmpty()) {
      throw refusal("without a character");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw refusal("not Unicode text");
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw refusal(bytes + " bytes, more than " + MAX_BYTES);
    }
  }

  Glob parse() throws FileSystemException {
    List<String> start = new ArrayList<>();
    List<Component> components = new ArrayList<>();
    boolean demandsDirectory = false;
    while (at < points.length) {
      if (points[at] == '/') {
        demandsDirectory = true;
        at++;
        continue;
      }
      List<Atom> atoms = sequence(0);
      String literal = literal(atoms);
      demandsDirectory = literal.equals(".") || literal.equals("..");
      if (literal.equals("..")) {
        goUp(start, components);
      } else if (!literal.equals(".")) {
        components.add(component(atoms, literal));
      }
    }
    if (!components.isEmpty()
        && components.get(components.size() - 1) instanceof Component.AnyLevels) {
      components.add(new Component.Matching(new NamePattern(List.of(ANY_RUN))));
    }
    boolean absolute = points[0] == '/';
    return new Glob(
        text, (absolute ? "/" : "") + String.join("/", start), components, demandsDirectory);
  }

  /** What is before a ".." is a path, to be resolved as one. */
  private void goUp(List<String> start, List<Component> components) throws FileSystemException {
    for (Component component : components) {
      if (!(component instanceof Component.Named named)) {
        throw refusal("'..' after a wildcard");
      }
      start.add(named.name().value());
    }
    start.add("..");
    components.clear();
  }

  private Component component(List<Atom> atoms, String literal) throws FileSystemException {
    if (!literal.isEmpty()) {
      String problem = EntryName.problemOf(literal);
      if (!problem.isEmpty()) {
        throw refusal("name " + problem);
      }
      return new Component.Named(new EntryName(literal));
    }
    // Runs of stars are kept until here, for "**" is more than "*".
    if (atoms.size() > 1 && atoms.stream().allMatch(ANY_RUN::equals)) {
      return new Component.AnyLevels();
    }
    return new Component.Matching(new NamePattern(withoutRepeatedStars(atoms)));
  }

  private static List<Atom> withoutRepeatedStars(List<Atom> atoms) {
    List<Atom> kept = new ArrayList<>();
    for (Atom atom : atoms) {
      boolean repeated =
          atom.equals(ANY_RUN) && !kept.isEmpty() && kept.get(kept.size() - 1).equals(ANY_RUN);
      if (!repeated) {
        kept.add(atom);
      }
    }
    return kept;
  }

  /** Returns the text of a component without wildcards; empty if it has some. */
  private static String literal(List<Atom> atoms) {
    StringBuilder name = new StringBuilder();
    for (Atom atom : atoms) {
      if (!(atom instanceof Atom.Literal literal)) {
        return "";
      }
      name.appendCodePoint(literal.codePoint());
    }
    return name.toString();
  }

  /** Reads up to a slash or, inside of alternatives, a comma or brace. */
  private List<Atom> sequence(int depth) throws FileSystemException {
    List<Atom> atoms = new ArrayList<>();
    while (at < points.length && points[at] != '/') {
      int point = points[at];
      if (depth > 0 && (point == ',' || point == '}')) {
        return atoms;
      }
      at++;
      atoms.add(
          switch (point) {
            case '*' -> ANY_RUN;
            case '?' -> new Atom.AnyOne();
            case '[' -> oneOf();
            case '{' -> alternatives(depth + 1);
            case '\\' -> new Atom.Literal(escaped());
            default -> new Atom.Literal(point);
          });
    }
    return atoms;
  }

  private Atom alternatives(int depth) throws FileSystemException {
    if (depth > MAX_DEPTH) {
      throw refusal("more than " + MAX_DEPTH + " braces in one another");
    }
    List<List<Atom>> each = new ArrayList<>();
    while (true) {
      each.add(withoutRepeatedStars(sequence(depth)));
      if (at == points.length) {
        throw refusal("no '}' for a '{'");
      }
      int point = points[at++];
      if (point == '/') {
        throw refusal("a '/' between '{' and '}'");
      }
      if (point == '}') {
        return new Atom.Alternatives(each);
      }
    }
  }

  private int escaped() throws FileSystemException {
    if (at == points.length || points[at] == '/') {
      throw refusal("nothing after a '\\'");
    }
    return points[at++];
  }

  /** Reads a class; its first character may be a bracket itself. */
  private Atom oneOf() throws FileSystemException {
    boolean negated = at < points.length && (points[at] == '!' || points[at] == '^');
    if (negated) {
      at++;
    }
    List<Atom.Range> ranges = new ArrayList<>();
    while (ranges.isEmpty() || peekInClass() != ']') {
      int first = member();
      boolean range = peekInClass() == '-' && at + 1 < points.length && points[at + 1] != ']';
      if (range) {
        at++;
      }
      int last = range ? member() : first;
      if (last < first) {
        throw refusal(
            "the range "
                + Character.toString(first)
                + "-"
                + Character.toString(last)
                + " is empty");
      }
      ranges.add(new Atom.Range(first, last));
    }
    at++;
    return new Atom.OneOf(ranges, negated);
  }

  private int member() throws FileSystemException {
    int point = peekInClass();
    at++;
    return point == '\\' ? escaped() : point;
  }

  private int peekInClass() throws FileSystemException {
    if (at == points.length || points[at] == '/') {
      throw refusal("no ']' for a '['");
    }
    return points[at];
  }

  private FileSystemException refusal(String what) {
    return new FileSystemException(text, null, "not a glob: " + what);
  }
}
