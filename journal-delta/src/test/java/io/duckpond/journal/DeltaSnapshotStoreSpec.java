package io.duckpond.journal;

import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.snapshot.JavaSnapshotStoreSpec;

/** Pekko's technology compatibility kit for snapshot stores, with every capability claimed. */
public class DeltaSnapshotStoreSpec extends JavaSnapshotStoreSpec {
  public DeltaSnapshotStoreSpec() {
    super(TestConfig.in(TestConfig.directory("snapshot-spec")));
  }

  @Override
  public CapabilityFlag supportsMetadata() {
    return CapabilityFlag.on();
  }
}
