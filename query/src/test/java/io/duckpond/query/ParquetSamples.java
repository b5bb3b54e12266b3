package io.duckpond.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** Parquet files for tests of other packages. */
public final class ParquetSamples {
  private ParquetSamples() {}

  /** Returns a file of {@code columns} columns {@code c0}, {@code c1} … of random numbers. */
  public static byte[] wide(int columns, int rows) throws IOException {
    Types.MessageTypeBuilder schema = Types.buildMessage();
    for (int i = 0; i < columns; i++) {
      schema.required(PrimitiveTypeName.INT64).named("c" + i);
    }
    MessageType wide = schema.named("wide");
    Random random = new Random(columns);
    List<Group> all = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      Group group = new SimpleGroup(wide);
      for (int i = 0; i < columns; i++) {
        group.add(i, random.nextLong());
      }
      all.add(group);
    }
    return ParquetBytes.of(
        wide,
        all,
        new ParquetBytes.Style(
            CompressionCodecName.UNCOMPRESSED, WriterVersion.PARQUET_1_0, false, rows, 5_000));
  }

  /** Returns a file of one column {@code n} that counts from 0 over all its row groups. */
  public static byte[] counting(int groups, int rowsOfAGroup) throws IOException {
    MessageType schema =
        Types.buildMessage().required(PrimitiveTypeName.INT64).named("n").named("counting");
    Iterable<Group> all =
        () ->
            LongStream.range(0, (long) groups * rowsOfAGroup)
                .mapToObj(
                    n -> {
                      Group group = new SimpleGroup(schema);
                      group.add("n", n);
                      return group;
                    })
                .iterator();
    return ParquetBytes.of(
        schema,
        all,
        new ParquetBytes.Style(
            CompressionCodecName.UNCOMPRESSED,
            WriterVersion.PARQUET_1_0,
            false,
            rowsOfAGroup,
            rowsOfAGroup));
  }
}
