package io.duckpond.journal.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** The medians of all iterations as one Markdown table; ratios are medians of their own. */
@SuppressWarnings("rawtypes") // as JMH has them
final class ResultTable {
  private final List<String> lines = new ArrayList<>();
  private final Map<Integer, double[]> batches = new TreeMap<>();

  ResultTable() {
    lines.add("| id | what | this journal | peer | ratio | goal |");
    lines.add("|---|---|--:|--:|--:|---|");
  }

  void add(Scenario scenario, RunResult run) {
    List<Map<String, Result>> iterations = new ArrayList<>();
    for (BenchmarkResult fork : run.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        iterations.add(iteration.getSecondaryResults());
      }
    }
    for (Scenario.Row row : scenario.rows()) {
      String unit = figure(iterations.get(0), row.ours()).getScoreUnit();
      boolean alone = row.peer().isEmpty();
      lines.add(
          "| %s | %s | %s %s | %s | %s | %s |"
              .formatted(
                  scenario.id(),
                  row.what(),
                  number(median(iterations, row.ours())),
                  unit,
                  alone ? "" : number(median(iterations, row.peer())),
                  alone ? "" : "%.2f ×".formatted(ratio(iterations, row)),
                  row.goal()));
    }
    if (scenario.benchmark() == BatchSizeBenchmark.class) {
      for (int batch : BatchSizeBenchmark.BATCHES) {
        batches.put(
            batch,
            new double[] {
              median(iterations, BatchSizeBenchmark.speed(batch)),
              median(iterations, BatchSizeBenchmark.bytes(batch))
            });
      }
    }
  }

  private static Result<?> figure(Map<String, Result> figures, String name) {
    return Objects.requireNonNull(figures.get(name), name);
  }

  private static double median(List<Map<String, Result>> iterations, String figure) {
    return Timing.median(
        iterations.stream().mapToDouble(figures -> figure(figures, figure).getScore()).toArray());
  }

  private static double ratio(List<Map<String, Result>> iterations, Scenario.Row row) {
    return Timing.median(
        iterations.stream()
            .mapToDouble(
                figures ->
                    figure(figures, row.ours()).getScore() / figure(figures, row.peer()).getScore())
            .toArray());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.2f", value);
  }

  /** Returns events a second and bytes an event by the events in a batch. */
  Map<Integer, double[]> batches() {
    return batches;
  }

  String markdown() {
    return String.join("\n", lines) + "\n";
  }
}
