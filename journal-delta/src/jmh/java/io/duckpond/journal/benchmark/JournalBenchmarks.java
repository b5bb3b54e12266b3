package io.duckpond.journal.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks, each in a JVM of its own, prints one table of them all, and leaves in {@code
 * target/benchmarks}:
 *
 * <ul>
 *   <li>{@code results.md}, the table, as the module's README shows it;
 *   <li>{@code results.json}, every figure of every iteration, in JMH's format;
 *   <li>{@code batches.svg}, the picture beside the table.
 * </ul>
 */
public final class JournalBenchmarks {
  private static final Path RESULTS = Path.of("target", "benchmarks");

  private JournalBenchmarks() {}

  /**
   * Arguments: ids of what to run (P1 to P5, P15, batches; all if there is none), and {@code
   * --quick} or {@code --full} for less or for more than usual.
   */
  public static void main(String... arguments) throws Exception {
    Size size = Size.USUAL;
    List<String> ids = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.startsWith("--")) {
        size = Size.valueOf(argument.substring(2).toUpperCase(Locale.ROOT));
      } else {
        ids.add(argument);
      }
    }
    List<Scenario> scenarios =
        Scenario.all().stream()
            .filter(scenario -> ids.isEmpty() || ids.contains(scenario.id()))
            .toList();
    if (scenarios.isEmpty()) {
      throw new IllegalArgumentException("nothing is called " + ids);
    }
    run(scenarios, size);
  }

  private static void run(List<Scenario> scenarios, Size size) throws Exception {
    Files.createDirectories(RESULTS);
    String machine = machine(size);
    ResultTable table = new ResultTable();
    List<RunResult> results = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      long start = System.nanoTime();
      Collection<RunResult> runs = run(scenario, size);
      System.out.printf(
          "%s %s %s: %d s%n",
          scenario.id(),
          scenario.benchmark().getSimpleName(),
          scenario.parameter(),
          TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
      results.addAll(runs);
      runs.forEach(run -> table.add(scenario, run));
      write(machine, table, results); // should one that follows fail
    }
    Scratch.removeAll();
    System.out.println();
    System.out.println(machine);
    System.out.println(table.markdown());
  }

  private static Collection<RunResult> run(Scenario scenario, Size size) throws RunnerException {
    boolean quick = size == Size.QUICK;
    List<String> jvmArguments = new ArrayList<>(scenario.jvmArguments());
    jvmArguments.add(size.jvmArgument());
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + scenario.benchmark().getName() + "\\.")
            .mode(Mode.SingleShotTime)
            .forks(1)
            .warmupIterations(quick ? Math.min(1, scenario.warmups()) : scenario.warmups())
            .measurementIterations(quick ? 1 : scenario.iterations())
            .timeout(TimeValue.hours(1))
            .jvmArgsAppend(jvmArguments.toArray(String[]::new))
            .addProfiler(Figures.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    if (!scenario.parameter().isEmpty()) {
      options.param(scenario.parameter().get(0), scenario.parameter().get(1));
    }
    return new Runner(options.build()).run();
  }

  private static void write(String machine, ResultTable table, List<RunResult> results)
      throws IOException {
    Files.writeString(RESULTS.resolve("results.md"), machine + "\n\n" + table.markdown());
    ResultFormatFactory.getInstance(
            ResultFormatType.JSON, RESULTS.resolve("results.json").toString())
        .writeOut(results);
    if (table.batches().size() > 1) {
      Files.writeString(RESULTS.resolve("batches.svg"), BatchPlot.of(table.batches()));
    }
  }

  private static String machine(Size size) {
    return String.format(
        Locale.ROOT,
        "%s, %s run: %d cores, load %.1f at the start; %s; JDK %s; %s.",
        LocalDate.now(),
        size.name().toLowerCase(Locale.ROOT),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        fileSystem(),
        Runtime.version().feature(),
        System.getProperty("os.name"));
  }

  private static String fileSystem() {
    try {
      return Files.getFileStore(RESULTS).type();
    } catch (IOException e) {
      return "unknown file system (" + e.getMessage() + ")";
    }
  }
}
