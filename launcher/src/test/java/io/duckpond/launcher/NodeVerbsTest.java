package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What append, mknod and cp print and refuse. */
class NodeVerbsTest {
  @TempDir private Path temporary;
  private CommandLineFixture pond;

  @BeforeEach
  void createPond() {
    pond = CommandLineFixture.withPond(temporary.resolve("pond"));
  }

  @Test
  void aSeriesIsAppendedToAndReadByPieceAndByRange() throws Exception {
    pond.run("mknod", "series", "/log").ok();
    pond.runWithInput("one\n", "append", "/log").ok();
    pond.runWithInput("two\n", "append", "log").ok();
    assertThat(pond.run("append", "--json", "--text", "three", "/new").ok())
        .contains("\"state\":\"committed\"");

    assertThat(pond.run("cat", "/log").ok()).isEqualTo("one\ntwo\n");
    assertThat(pond.run("cat", "--version", "2", "/log").ok()).isEqualTo("one\n");
    assertThat(pond.run("cat", "--version", "1", "/log").ok()).isEmpty();
    assertThat(pond.run("cat", "--range", "2:6", "/log").ok()).isEqualTo("e\ntw");
    assertThat(pond.run("cat", "--as-of", "3", "/log").ok()).isEqualTo("one\n");
    assertThat(pond.run("ls", "-l").ok()).startsWith("s rw-r--r--      8  v3  ");
    assertThat(pond.run("stat", "--json", "/log").ok()).contains("\"type\":\"series\"");
    pond.run("copy", "pond:/log", temporary.resolve("out").toString());
    assertThat(Files.readString(temporary.resolve("out"))).isEqualTo("one\ntwo\n");
    assertThat(pond.run("fsck", "--deep").exitCode()).isZero();
    assertThat(pond.run("restore", "--verify").exitCode()).isZero();
  }

  @Test
  void whatASeriesIsNotForIsRefused() {
    pond.run("put", "--text", "x", "/file").ok();
    pond.run("append", "--text", "x", "/series").ok();

    pond.run("put", "--text", "y", "/series")
        .fails(1, "pond: /series: is a series: it is not written but appended to\n");
    pond.run("append", "--text", "y", "/file")
        .fails(1, "pond: /file: is a file, to which nothing is appended\n");
    pond.run("cat", "--version", "2", "/series")
        .fails(1, "pond: /series: there is no version 2; it has 1 to 1\n");
    pond.run("mknod", "series", "/file").fails(1, "pond: /file: exists already\n");
    pond.run("mknod", "pipe", "/p")
        .fails(
            2,
            """
            pond: mknod: no type that can be made: 'pipe'
            hint: file, series, table, table-series, dynamic-directory or dynamic-file
            """);
  }

  @Test
  void filesAndTreesAreCopiedAsAUnixUserExpects() {
    pond.run("mkdir", "-p", "/a/b", "/d").ok();
    pond.run("put", "--text", "new", "/a/f").ok();
    pond.run("put", "--text", "old", "/f").ok();
    pond.run("ln", "-s", "f", "/a/l").ok();

    pond.run("cp", "/a/f", "/f").ok();
    pond.run("cp", "/a/l", "/followed").ok();
    pond.run("cp", "-r", "/a", "/d").ok();
    pond.run("cp", "-r", "/a", "/whole").ok();
    pond.run("cp", "-r", "/a", "/d/").ok();
    pond.run("cp", "/f", "/followed", "/d").ok();

    assertThat(pond.run("cat", "/f").ok()).isEqualTo("new");
    assertThat(pond.run("cat", "--version", "1", "/f").ok()).isEqualTo("old");
    assertThat(pond.run("ls", "-R", "/d").ok()).isEqualTo("a\na/b\na/f\na/l\nf\nfollowed\n");
    assertThat(pond.run("readlink", "/whole/l").ok()).isEqualTo("f\n");
    assertThat(pond.run("cat", "/d/followed").ok()).isEqualTo("new");
    assertThat(pond.run("stat", "--json", "/whole").ok()).contains("\"version\":1");
  }

  @Test
  void copyingOntoOrIntoTheWrongThingIsRefused() {
    pond.run("mkdir", "-p", "/a/b").ok();
    pond.run("put", "--text", "1", "/f").ok();
    pond.run("put", "--text", "2", "/g").ok();

    pond.run("cp", "/a", "/c")
        .fails(1, "pond: /a: is a directory\nhint: cp -r copies it with all below it\n");
    pond.run("cp", "-n", "/f", "/g").fails(1, "pond: /g: exists already\n");
    pond.run("cp", "/f", "/f").fails(1, "pond: /f: is the same as /f\n");
    assertThat(pond.run("cp", "-r", "/a", "/a/b/c").exitCode()).isEqualTo(1);
    assertThat(pond.run("cp", "-r", "/a", "/f").exitCode()).isEqualTo(1);
    assertThat(pond.run("cp", "/none", "/x").exitCode()).isEqualTo(1);
    assertThat(pond.run("cp", "/f", "/g", "/x").exitCode()).isEqualTo(1);
    assertThat(pond.run("ls").ok()).isEqualTo("a\nf\ng\n");
  }
}
