package io.duckpond.journal.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Time on the clock and on the processors. */
final class Timing {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Something to time, which may fail. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /**
   * What some work took.
   *
   * @param seconds on the clock
   * @param cpuSeconds of all threads of this JVM, its compilers and collectors among them
   */
  record Taken(double seconds, double cpuSeconds) {}

  private Timing() {}

  static Taken time(Work work) throws Exception {
    long cpu = SYSTEM.getProcessCpuTime();
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Taken(seconds, (SYSTEM.getProcessCpuTime() - cpu) / 1e9);
  }

  /** Returns the median time of {@code times} runs in milliseconds. */
  static double medianMillis(int times, Work work) throws Exception {
    double[] millis = new double[times];
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      work.run();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    return median(millis);
  }

  static double median(double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
