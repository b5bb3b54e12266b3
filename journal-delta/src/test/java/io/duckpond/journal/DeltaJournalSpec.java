package io.duckpond.journal;

import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.journal.JavaJournalSpec;

/** Pekko's technology compatibility kit for journals, with every capability claimed. */
public class DeltaJournalSpec extends JavaJournalSpec {
  public DeltaJournalSpec() {
    super(TestConfig.in(TestConfig.directory("spec")));
  }

  @Override
  public CapabilityFlag supportsMetadata() {
    return CapabilityFlag.on();
  }
}
