package io.duckpond.journal.disk;

import java.io.Closeable;

/** A held lock of {@link Disk#tryLock}. Closing releases it; the file stays. */
public interface DiskLock extends Closeable {}
