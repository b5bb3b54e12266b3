package io.duckpond.journal;

import org.apache.pekko.persistence.SnapshotMetadata;

/** A snapshot with its metadata: the event of the snapshot store's table. */
record StoredSnapshot(SnapshotMetadata metadata, Object snapshot) {}
