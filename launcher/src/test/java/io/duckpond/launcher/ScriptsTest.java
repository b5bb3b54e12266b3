package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.launcher.CommandLineFixture.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvnw} and {@code bin/pond} say where something is missing: one line, exit 75. */
class ScriptsTest {
  @TempDir private Path temporary;
  private Path top;
  private Path tools;

  /** A PATH with the few tools that the scripts use, and no Maven. */
  @BeforeEach
  void collectTools() throws IOException {
    top = Path.of("..").toRealPath();
    tools = Files.createDirectory(temporary.resolve("tools"));
    for (String tool : new String[] {"sh", "sed", "mktemp", "cat", "rm", "readlink", "uname"}) {
      for (String folder : System.getenv("PATH").split(":", -1)) {
        Path found = Path.of(folder, tool);
        Path wrapper = tools.resolve(tool);
        if (Files.isExecutable(found) && Files.notExists(wrapper)) {
          Files.writeString(wrapper, "#!/bin/sh\nexec " + found + " \"$@\"\n");
          Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
        }
      }
    }
  }

  @Test
  void withoutMavenBothRemediesAreNamed() throws Exception {
    Result result = run(Map.of("HOME", temporary.toString()), top.resolve("mvnw"), "-v");

    result.fails(
        75,
        """
        mvnw: no Maven 3.8 or newer on the PATH: install one, or set MVNW_REPOURL to a Maven \
        repository to fetch 3.9.11 from
        """);
  }

  @Test
  void anArchiveWithAnotherDigestIsNotUnpacked() throws Exception {
    Path archive =
        temporary.resolve(
            "repository/org/apache/maven/apache-maven/3.9.11/apache-maven-3.9.11-bin.zip");
    Files.createDirectories(archive.getParent());
    Files.writeString(archive, "not Maven");

    Result result =
        run(
            Map.of(
                "HOME", temporary.toString(),
                "JAVA_HOME", System.getProperty("java.home"),
                "MVNW_REPOURL", temporary.resolve("repository").toUri().toString()),
            top.resolve("mvnw"),
            "-v");

    assertThat(result.exitCode()).isEqualTo(75);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("SHA-512 is ", ", expected ");
    assertThat(temporary.resolve(".m2")).doesNotExist();
  }

  @Test
  void aJavaHomeThatIsNoJdkIsRefused() throws Exception {
    Result result = run(Map.of("JAVA_HOME", "/none"), top.resolve("launcher/bin/pond"), "ls");

    result.fails(
        75,
        """
        pond: JAVA_HOME=/none is not a JDK 17 or newer: correct it, or unset it to have one found
        """);
  }

  @Test
  void windowsIsRefused() throws Exception {
    Result result = run(Map.of("OS", "Windows_NT"), top.resolve("launcher/bin/pond"), "ls");

    result.fails(75, "pond: Windows is not supported yet; it runs on Linux and should on macOS\n");
  }

  private Result run(Map<String, String> variables, Path script, String... words) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", script.toString());
    builder.command().addAll(java.util.List.of(words));
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().putAll(variables);
    Path out = temporary.resolve("out");
    Path err = temporary.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    int exitCode = process.waitFor();
    return new Result(
        exitCode,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
