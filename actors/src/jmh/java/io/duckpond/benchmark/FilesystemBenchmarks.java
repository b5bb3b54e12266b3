package io.duckpond.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * P7: lookup, stat and list on a loaded tree, a pond's and jimfs's in turn, several times over, by
 * one thread and by two. Prints a table of medians and leaves it in {@code
 * target/benchmarks/reads.md}.
 */
public final class FilesystemBenchmarks {
  private static final Path RESULTS = Path.of("target", "benchmarks", "reads.md");
  private static final int ROUNDS = 5;

  private FilesystemBenchmarks() {}

  /** Takes one argument at most: {@code --quick} for one short round. */
  public static void main(String... arguments) throws Exception {
    boolean quick = List.of(arguments).contains("--quick");
    StringBuilder table = new StringBuilder(machine());
    table.append("\n\n| threads | call | pond, ns | jimfs, ns | jimfs, paths made before, ns ");
    table.append("| jimfs / pond | likewise |\n|---|---|---|---|---|---|---|\n");
    for (int threads = 1; threads <= 2; threads++) {
      Map<String, List<Double>> figures = new TreeMap<>();
      int rounds = quick ? 1 : ROUNDS;
      for (int round = 1; round <= rounds; round++) {
        System.err.printf("%d threads, round %d of %d%n", threads, round, rounds);
        run(threads, quick, figures);
      }
      for (String call : List.of("lookup", "stat", "list")) {
        double pond = median(figures, call + " pond");
        double text = median(figures, call + " text");
        double path = median(figures, call + " path");
        table.append(
            String.format(
                Locale.ROOT,
                "| %d | %s | %.0f | %.0f | %.0f | %.2f | %.2f |%n",
                threads,
                call,
                pond,
                text,
                path,
                text / pond,
                path / pond));
      }
    }
    Files.createDirectories(RESULTS.getParent());
    Files.writeString(RESULTS, table);
    System.out.println(table);
  }

  private static void run(int threads, boolean quick, Map<String, List<Double>> figures)
      throws RunnerException {
    var options =
        new OptionsBuilder()
            .include("^" + PondReadBenchmark.class.getName() + "\\.")
            .include("^" + JimfsReadBenchmark.class.getName() + "\\.")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .threads(threads)
            .forks(1)
            .warmupIterations(2)
            .warmupTime(TimeValue.milliseconds(quick ? 300 : 1000))
            .measurementIterations(quick ? 1 : 3)
            .measurementTime(TimeValue.milliseconds(quick ? 300 : 700))
            .jvmArgsAppend("-Xmx1g")
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    for (RunResult result : new Runner(options).run()) {
      String given = result.getParams().getParam("given");
      String key = result.getPrimaryResult().getLabel() + " " + (given == null ? "pond" : given);
      figures
          .computeIfAbsent(key, any -> new ArrayList<>())
          .add(result.getPrimaryResult().getScore());
    }
  }

  private static double median(Map<String, List<Double>> figures, String key) {
    List<Double> sorted = figures.getOrDefault(key, List.of()).stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static String machine() throws IOException {
    return String.format(
        Locale.ROOT,
        "%s: %d cores, load %.1f at the start; JDK %s.",
        LocalDate.now(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        Runtime.version().feature());
  }
}
