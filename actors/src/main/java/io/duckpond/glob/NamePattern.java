package io.duckpond.glob;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A pattern of one name, as a program of small steps. It is run by trying the first way at each
 * fork and going back where that fails; but a step is never tried twice at the same place of the
 * name, since what failed there fails again: the time is at most steps times characters, whatever
 * the pattern.
 *
 * <p>Where a name matches in several ways, wildcards further left take as little as they can.
 */
final class NamePattern {

  private enum Kind {
    CHARACTER,
    ANY,
    CLASS,
    /** Goes on at either of two steps, preferring the first. */
    FORK,
    /** The fork of a {@code *}: what a hidden name does not begin with. */
    RUN,
    JUMP,
    /** Notes the place in the name as a capture's begin or end. */
    MARK,
    END
  }

  private record Step(Kind kind, int first, int second, Atom atom) {}

  /** To be tried: a step at a place of the name; or, of a negative step, a mark to be undone. */
  private record Attempt(int step, int at, int mark, int before) {
    static Attempt of(int step, int at) {
      return new Attempt(step, at, 0, 0);
    }
  }

  private static final Atom NOTHING = new Atom.AnyOne();

  private final List<Step> steps = new ArrayList<>();
  private final boolean everything;
  private int marks;

  NamePattern(List<Atom> atoms) {
    for (Atom atom : atoms) {
      boolean captured = !(atom instanceof Atom.Literal);
      if (captured) {
        add(Kind.MARK, marks++, 0);
      }
      compile(atom);
      if (captured) {
        add(Kind.MARK, marks++, 0);
      }
    }
    add(Kind.END, 0, 0);
    everything = atoms.equals(List.of(new Atom.AnyRun()));
  }

  private void compile(Atom atom) {
    if (atom instanceof Atom.Literal literal) {
      add(Kind.CHARACTER, literal.codePoint(), 0);
    } else if (atom instanceof Atom.AnyOne) {
      add(Kind.ANY, 0, 0);
    } else if (atom instanceof Atom.OneOf) {
      steps.add(new Step(Kind.CLASS, 0, 0, atom));
    } else if (atom instanceof Atom.AnyRun) {
      int fork = steps.size();
      add(Kind.RUN, fork + 3, fork + 1);
      add(Kind.ANY, 0, 0);
      add(Kind.JUMP, fork, 0);
    } else {
      compile(((Atom.Alternatives) atom).each());
    }
  }

  private void compile(List<List<Atom>> alternatives) {
    List<Integer> jumps = new ArrayList<>();
    for (int i = 0; i < alternatives.size(); i++) {
      int fork = steps.size();
      boolean last = i == alternatives.size() - 1;
      if (!last) {
        add(Kind.FORK, fork + 1, 0);
      }
      alternatives.get(i).forEach(this::compile);
      jumps.add(steps.size());
      add(Kind.JUMP, 0, 0);
      if (!last) {
        steps.set(fork, new Step(Kind.FORK, fork + 1, steps.size(), NOTHING));
      }
    }
    jumps.forEach(jump -> steps.set(jump, new Step(Kind.JUMP, steps.size(), 0, NOTHING)));
  }

  private void add(Kind kind, int first, int second) {
    steps.add(new Step(kind, first, second, NOTHING));
  }

  /** Returns what the wildcards stand for in {@code name}; empty if it does not match. */
  Optional<List<String>> match(String name, GlobOptions.Hidden hidden) {
    boolean guarded = hidden == GlobOptions.Hidden.EXPLICIT && name.startsWith(".");
    if (everything) {
      return guarded ? Optional.empty() : Optional.of(List.of(name));
    }
    return new Run(name.codePoints().toArray(), guarded).match();
  }

  private final class Run {
    private final int[] name;
    private final boolean guarded;
    private final int[] places = new int[marks];
    private final BitSet tried = new BitSet();
    private final Deque<Attempt> attempts = new ArrayDeque<>();

    Run(int[] name, boolean guarded) {
      this.name = name;
      this.guarded = guarded;
    }

    Optional<List<String>> match() {
      attempts.push(Attempt.of(0, 0));
      while (!attempts.isEmpty()) {
        Attempt next = attempts.pop();
        if (next.step() < 0) {
          places[next.mark()] = next.before();
        } else if (follow(next.step(), next.at())) {
          return Optional.of(captures());
        }
      }
      return Optional.empty();
    }

    private boolean follow(int from, int place) {
      int step = from;
      int at = place;
      while (true) {
        int trial = step * (name.length + 1) + at;
        if (tried.get(trial)) {
          return false;
        }
        tried.set(trial);
        Step doing = steps.get(step);
        switch (doing.kind()) {
          case END -> {
            return at == name.length;
          }
          case JUMP -> step = doing.first();
          case FORK, RUN -> {
            if (doing.kind() == Kind.RUN && isGuarded(at)) {
              return false;
            }
            attempts.push(Attempt.of(doing.second(), at));
            step = doing.first();
          }
          case MARK -> {
            attempts.push(new Attempt(-1, 0, doing.first(), places[doing.first()]));
            places[doing.first()] = at;
            step++;
          }
          default -> {
            if (at == name.length || !accepts(doing, at)) {
              return false;
            }
            step++;
            at++;
          }
        }
      }
    }

    private boolean accepts(Step step, int at) {
      int codePoint = name[at];
      return switch (step.kind()) {
        case CHARACTER -> step.first() == codePoint;
        case ANY -> !isGuarded(at);
        default -> !isGuarded(at) && ((Atom.OneOf) step.atom()).contains(codePoint);
      };
    }

    /** The dot of a hidden name must stand in the pattern. */
    private boolean isGuarded(int at) {
      return guarded && at == 0;
    }

    private List<String> captures() {
      List<String> captures = new ArrayList<>(marks / 2);
      for (int mark = 0; mark < marks; mark += 2) {
        int[] captured = Arrays.copyOfRange(name, places[mark], places[mark + 1]);
        captures.add(new String(captured, 0, captured.length));
      }
      return captures;
    }
  }
}
