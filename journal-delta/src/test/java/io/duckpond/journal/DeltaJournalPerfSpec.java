package io.duckpond.journal;

import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.journal.JavaJournalPerfSpec;

/**
 * Pekko's performance kit. As it stands it wants 10,000 persists, each sent after the answer to the
 * one before, within 10 s: 1 ms each, which is below what any disk needs to make one commit durable
 * (two files and two directories synced). So the wait is longer, and there are fewer events and
 * rounds, since the whole suite has some seconds for each kit.
 */
public class DeltaJournalPerfSpec extends JavaJournalPerfSpec {
  public DeltaJournalPerfSpec() {
    super(TestConfig.in(TestConfig.directory("perf-spec")));
  }

  @Override
  public CapabilityFlag supportsMetadata() {
    return CapabilityFlag.on();
  }

  @Override
  public long awaitDurationMillis() {
    return 120_000;
  }

  @Override
  public int eventsCount() {
    return 500;
  }

  @Override
  public int measurementIterations() {
    return 2;
  }
}
