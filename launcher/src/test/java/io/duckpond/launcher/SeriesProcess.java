package io.duckpond.launcher;

import com.typesafe.config.ConfigFactory;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Runs several {@link Series}, each on a pond of its own and a thread of its own, until it is
 * killed: so one process that starts and dies is a random moment of each. Every verb opens the pond
 * and closes it; each that has returned is acknowledged by a line with its series and exit code.
 */
final class SeriesProcess {
  private SeriesProcess() {}

  /** The pond of a series. */
  static Path pond(Path place, int number) {
    return place.resolve("pond-" + number);
  }

  /** The series of a number. */
  static Series series(Path place, int number, long seed) {
    return new Series(seed + number, place.resolve("host-" + number));
  }

  /** Arguments: place and seed; its input says from which verb on each series goes. */
  public static void main(String[] arguments) throws IOException {
    Path place = Path.of(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    System.out.println("ready");
    // Started early, so that starting takes no time of the run before.
    String[] firsts =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
            .readLine()
            .split(" ", -1);
    for (int number = 0; number < firsts.length; number++) {
      int one = number;
      long first = Long.parseLong(firsts[number]);
      new Thread(() -> run(place, one, series(place, one, seed), first)).start();
    }
  }

  private static void run(Path place, int number, Series series, long first) {
    SortedMap<String, String> tree = new TreeMap<>();
    for (long verb = 0; verb < first; verb++) {
      tree = series.verb(verb, tree).after();
    }
    for (long at = first; ; at++) {
      Series.Verb verb = series.verb(at, tree);
      System.out.println(number + " " + run(pond(place, number), verb));
      tree = verb.after();
    }
  }

  private static int run(Path pond, Series.Verb verb) {
    return CommandRun.run(
        new Environment(
            new ByteArrayInputStream(Series.input(verb)),
            OutputStream.nullOutputStream(),
            System.err,
            Set.of(),
            Map.of("POND", pond.toString()),
            ConfigFactory::load,
            ZoneOffset.UTC),
        verb.words());
  }

  /** Starts one that waits to be told where to begin. */
  static JavaProcess start(Path place, long seed) throws IOException {
    return JavaProcess.start(
        SeriesProcess.class, Map.of(), List.of(), List.of(place.toString(), Long.toString(seed)));
  }
}
