package io.duckpond.launcher;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own on this test's class path: what signals and kills happen to. */
final class JavaProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final Path errors;

  private JavaProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
  }

  /** Starts a verb as {@code bin/pond} does; its standard input and output are pipes. */
  static JavaProcess pond(Path pond, String... words) throws IOException {
    return start(Main.class, Map.of("POND", pond.toString()), List.of(), List.of(words));
  }

  static JavaProcess start(
      Class<?> main, Map<String, String> variables, List<String> flags, List<String> arguments)
      throws IOException {
    return start(List.of(), main, variables, flags, arguments);
  }

  /** The same by way of a program that ends by running the arguments after its own. */
  static JavaProcess start(
      List<String> wrapper,
      Class<?> main,
      Map<String, String> variables,
      List<String> flags,
      List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("--"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dfile.encoding=UTF-8"));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    Path errors = Files.createTempFile("pond-test-", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(variables);
    return new JavaProcess(builder.start(), errors);
  }

  Process process() {
    return process;
  }

  /** Sends a signal, such as {@code INT}. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Waits for the end and returns the exit code. */
  int end() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("process " + process.pid() + " does not end");
    }
    return process.exitValue();
  }

  /** Returns what it has said on standard error so far. */
  String errors() throws IOException {
    return Files.readString(errors, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    Files.deleteIfExists(errors);
  }
}
