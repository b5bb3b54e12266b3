package io.duckpond.journal.benchmark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * What an iteration found out, by name. One iteration measures all peers in turn, so that whatever
 * the machine does meanwhile happens to all of them: JMH itself would time them one after another.
 * JMH makes an instance of its own; the figures are those of the JVM.
 */
public final class Figures implements InternalProfiler {
  private static final Map<String, Result<?>> noted = new LinkedHashMap<>();

  /** Made by JMH. */
  public Figures() {}

  /** Notes a figure of the present iteration. */
  static void note(String name, double value, String unit) {
    synchronized (noted) {
      noted.put(name, new ScalarResult(name, value, unit, AggregationPolicy.AVG));
    }
  }

  @Override
  public String getDescription() {
    return "what each peer did";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    synchronized (noted) {
      noted.clear();
    }
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    synchronized (noted) {
      List<Result<?>> all = new ArrayList<>(noted.values());
      noted.clear();
      return all;
    }
  }
}
