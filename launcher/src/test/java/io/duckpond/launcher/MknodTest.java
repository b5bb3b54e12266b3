package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dynamic nodes, from the command line. */
class MknodTest {
  @TempDir private Path temporary;

  @Test
  void dynamicNodesLiveLikeAllOthers() throws IOException {
    CommandLineFixture pond = CommandLineFixture.withPond(temporary.resolve("pond"));
    Path config = Files.writeString(temporary.resolve("c.json"), "{\"pattern\":\"/d/*.txt\"}");
    String template = "{\"template\":\"{{list:/all}}\"}";

    pond.run("mkdir", "/d").ok();
    pond.run("put", "--text", "one", "/d/a.txt").ok();
    pond.run("mknod", "dynamic-directory", "/all", "--factory", "glob", "--config", config + "")
        .ok();
    pond.runWithInput(
            template, "mknod", "dynamic-file", "/page", "--factory", "template", "--config", "-")
        .ok();

    assertThat(pond.run("ls", "-R").ok()).isEqualTo("all\nall/a\nd\nd/a.txt\npage\n");
    assertThat(pond.run("cat", "/page").ok()).isEqualTo("a\n");
    assertThat(pond.run("cat", "/all/a").ok()).isEqualTo("one");
    assertThat(pond.run("find", "/all").ok()).isEqualTo("/all\n/all/a\n");
    assertThat(pond.run("stat", "/all").ok())
        .contains("factory   glob\n", "config    {\"pattern\":\"/d/*.txt\"}\n");
    assertThat(pond.run("query", "--format", "csv", "select path from nodes").ok())
        .isEqualTo("path\n/\n/all\n/d\n/d/a.txt\n/page\n");
    pond.run("touch", "/all/x").fails(1, "pond: /all/x: immutable: it is computed\n");
    Path out = temporary.resolve("out");
    pond.run("copy", "-q", "pond:/", out.toString()).ok();
    assertThat(out.resolve("all/a")).hasContent("one");
    assertThat(out.resolve("page")).hasContent("a\n");
    pond.run("mv", "/all", "/moved").ok();
    assertThat(pond.run("cat", "/page").exitCode()).isEqualTo(75);
    assertThat(pond.run("cat", "/page").err())
        .isEqualTo("pond: cat: /page: factory 'template' failed: /all\n");
    assertThat(pond.run("ls", "--as-of", "5", "/all").ok()).isEqualTo("a\n");
    assertThat(pond.run("fsck").exitCode()).isZero();
    assertThat(pond.run("restore", "-q").exitCode()).isZero();
    pond.run("rm", "/moved", "/page").ok();
    assertThat(pond.run("ls").ok()).isEqualTo("d\n");
  }

  @Test
  void refusesInOneLine() {
    CommandLineFixture pond = CommandLineFixture.withPond(temporary.resolve("pond"));

    pond.run("mknod", "dynamic-directory", "/x")
        .fails(2, "pond: mknod: a dynamic node needs --factory\n");
    pond.run("mknod", "dynamic-file", "/x", "--factory", "none")
        .fails(1, "pond: /x: no factory 'none'; there are glob, host, template\n");
    pond.runWithInput(
            "{\"pattern\":\"*\"}",
            "mknod",
            "dynamic-file",
            "/x",
            "--factory",
            "glob",
            "--config",
            "-")
        .fails(1, "pond: /x: factory 'glob' makes a dynamic-directory\n");
    assertThat(pond.run("ls").ok()).isEmpty();
  }
}
