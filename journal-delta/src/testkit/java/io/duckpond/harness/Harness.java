package io.duckpond.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One run of a seeded test that counts: a simulation, a fault injection, a mutation of stored
 * bytes. Its seed is fresh unless {@code -Dpond.seed} gives one; its size is that of the ordinary
 * suite unless {@code -Dpond.test.size=release} or {@code -Dpond.test.steps}. When it fails it says
 * one line, which replays it.
 */
public final class Harness {
  private final String name;
  private final long seed;
  private final Map<String, Long> counts = new TreeMap<>();

  private Harness(String name, long seed) {
    this.name = name;
    this.seed = seed;
  }

  /**
   * Starts a run.
   *
   * @param name the harness, as the results page lists it: words and hyphens
   */
  public static Harness named(String name) {
    String given = System.getProperty("pond.seed", "");
    return new Harness(
        name, given.isEmpty() ? new SecureRandom().nextLong() >>> 1 : Long.parseLong(given));
  }

  /**
   * Starts a run that is the same in every ordinary suite; a release run takes a fresh seed.
   *
   * @param name the harness, likewise
   * @param seed of ordinary runs
   */
  public static Harness repeated(String name, long seed) {
    boolean given = !System.getProperty("pond.seed", "").isEmpty();
    return given || size(0, 1) > 0 ? named(name) : new Harness(name, seed);
  }

  /**
   * Returns {@code ordinary}, or {@code release} in a run of the release sizes, or what {@code
   * -Dpond.test.steps} says.
   */
  public static int size(int ordinary, int release) {
    String steps = System.getProperty("pond.test.steps", "");
    if (!steps.isEmpty()) {
      return Integer.parseInt(steps);
    }
    return System.getProperty("pond.test.size", "").equals("release") ? release : ordinary;
  }

  /** Returns the seed that everything random in this run comes from. */
  public long seed() {
    return seed;
  }

  /**
   * Returns what all choices of a step come from; the next step of this seed is the same one of the
   * next seed. The seed is mixed first: what {@link Random} draws first hardly differs between
   * neighbours, if it is drawn from a power of two.
   */
  public Random random(long step) {
    return new Random(new SplittableRandom(seed + step).nextLong());
  }

  /** Adds to one of the counts that the run reports. */
  public synchronized void count(String what, long times) {
    counts.merge(what, times, Long::sum);
  }

  /** Returns a count; 0 if nothing was added to it. */
  public synchronized long counted(String what) {
    return counts.getOrDefault(what, 0L);
  }

  /** Returns the line that says where a run failed and how to run it again. */
  public String at(Object step) {
    return name + " failed at step " + step + "; again: -Dpond.seed=" + seed;
  }

  /**
   * Writes what was counted to {@code target/harness/<name>.txt}, which the results page is made
   * from, and returns it as one line.
   */
  public synchronized String report() {
    String numbers =
        counts.entrySet().stream()
            .map(count -> count.getKey() + " " + count.getValue())
            .collect(Collectors.joining(", "));
    String line = name + ": " + numbers + "; seed " + seed;
    try {
      Path folder = Files.createDirectories(Path.of("target", "harness"));
      Files.write(folder.resolve(name + ".txt"), (line + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line;
  }
}
