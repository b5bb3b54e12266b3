package io.duckpond.table;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A table that has neither columns nor rows: what is made before there is anything to put in. */
public final class EmptyTable {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /** Thrift, compact: version 1; one schema element "table" with no children; 0 rows; no groups. */
  private static final byte[] FOOTER =
      HexFormat.of().parseHex("1502191c48057461626c651500001600190c00");

  private EmptyTable() {}

  /** Returns the bytes of a Parquet file of it. */
  public static InputStream content() {
    int length = FOOTER.length;
    byte[] file = new byte[MAGIC.length + length + Integer.BYTES + MAGIC.length];
    System.arraycopy(MAGIC, 0, file, 0, MAGIC.length);
    System.arraycopy(FOOTER, 0, file, MAGIC.length, length);
    file[MAGIC.length + length] = (byte) length;
    System.arraycopy(MAGIC, 0, file, file.length - MAGIC.length, MAGIC.length);
    return new ByteArrayInputStream(file);
  }
}
