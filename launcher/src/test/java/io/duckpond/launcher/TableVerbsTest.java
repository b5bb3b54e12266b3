package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.ParquetFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables and series of tables, from the command line. */
class TableVerbsTest {
  private static final byte[] BIRDS =
      ParquetFixture.file("message t {required int64 id; optional binary name (STRING);}", 4000);
  private static final byte[] WEIGHED =
      ParquetFixture.file("message t {required int64 id; optional double weight;}", 30_000);
  private static final byte[] OTHER =
      ParquetFixture.file("message t {required int64 id; required int64 name;}", 10);

  @TempDir private Path temporary;

  @Test
  void tablesAreMadeFilledAndShownByTheirType() throws IOException {
    CommandLineFixture pond = CommandLineFixture.withPond(temporary.resolve("pond"));

    pond.run("mknod", "table", "/t").ok();
    pond.runWithInput(BIRDS, "put", "/t").ok();
    pond.runWithInput(WEIGHED, "put", "--type", "table", "/u").ok();
    pond.runWithInput(BIRDS, "put", "--type", "table", "/u").ok();
    pond.run("mknod", "table-series", "/s").ok();
    pond.runWithInput(BIRDS, "append", "/s").ok();
    pond.runWithInput(WEIGHED, "append", "--type", "table-series", "/s").ok();

    assertThat(pond.run("ls", "-l").ok())
        .containsPattern("(?m)^T .* v3 .* s$")
        .containsPattern("(?m)^t .* v2 .* t$")
        .containsPattern("(?m)^t .* v2 .* u$");
    assertThat(pond.run("stat", "/s").ok()).contains("table-series");
    assertThat(pond.run("stat", "--json", "/t").ok()).contains("\"type\":\"table\"");
    assertThat(pond.run("find", "--type", "table").ok()).isEqualTo("/t\n/u\n");
    assertThat(pond.run("status").ok()).contains("2 tables, 1 table-series");
    assertThat(pond.run("query", "--format", "csv", "select path, type from nodes").ok())
        .isEqualTo("path,type\n/,directory\n/s,table-series\n/t,table\n/u,table\n");
    Path out = temporary.resolve("t.parquet");
    pond.run("copy", "-q", "pond:/t", out.toString()).ok();
    assertThat(out).hasBinaryContent(BIRDS);
    Files.write(out, WEIGHED);
    pond.run("copy", "-q", out.toString(), "pond:/t").ok();
    assertThat(pond.run("stat", "--json", "/t").ok())
        .contains("\"type\":\"table\"", "\"version\":3");
    assertThat(pond.run("fsck", "--deep").exitCode()).isZero();
    assertThat(pond.run("restore", "-q", "--verify").exitCode()).isZero();
  }

  @Test
  void whatIsNoParquetIsRefusedInOneLine() throws IOException {
    CommandLineFixture pond = CommandLineFixture.withPond(temporary.resolve("pond"));
    pond.runWithInput(BIRDS, "put", "--type", "table", "/t").ok();
    pond.runWithInput(BIRDS, "append", "--type", "table-series", "/s").ok();
    byte[] cut = Arrays.copyOf(WEIGHED, WEIGHED.length - 1);

    pond.runWithInput("no table at all", "put", "/t")
        .fails(1, "pond: /t: is no readable Parquet file: it does not begin with PAR1\n");
    pond.runWithInput(cut, "put", "--type", "table", "/new")
        .fails(
            1,
            "pond: /new: is no readable Parquet file: it does not end with PAR1: it may be cut"
                + " off\n");
    pond.runWithInput(OTHER, "append", "/s")
        .fails(1, "pond: /s: column 'name' is int64, in the series binary (string)\n");
    pond.runWithInput(BIRDS, "append", "/t")
        .fails(1, "pond: /t: is a table, to which nothing is appended\n");
    pond.runWithInput(BIRDS, "put", "--type", "file", "/t")
        .fails(1, "pond: /t: is a table, not a file\n");
    assertThat(pond.runWithInput(BIRDS, "put", "--type", "series", "/x").exitCode()).isEqualTo(2);
    Path text = Files.writeString(temporary.resolve("t"), "no table at all");
    assertThat(pond.run("copy", "-q", text.toString(), "pond:/").err())
        .isEqualTo("pond: /t: is no readable Parquet file: it does not begin with PAR1\n");

    assertThat(pond.run("ls").ok()).isEqualTo("s\nt\n");
    assertThat(pond.run("log", "--json").ok().lines()).hasSize(3);
    assertThat(pond.run("fsck", "--deep").exitCode()).isZero();
  }
}
