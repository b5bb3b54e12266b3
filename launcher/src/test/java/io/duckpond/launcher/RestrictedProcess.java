package io.duckpond.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.ConfigFactory;
import io.duckpond.launcher.CommandLineFixture.Result;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process under limits that this one does not have, in which verbs run one after the other as
 * each would in a process of its own.
 */
final class RestrictedProcess implements AutoCloseable {
  private static final String LEAVE = "leave-descriptors";

  private final JavaProcess process;
  private final BufferedReader answers;
  private final Writer questions;

  private RestrictedProcess(JavaProcess process) {
    this.process = process;
    this.answers =
        new BufferedReader(new InputStreamReader(process.process().getInputStream(), UTF_8));
    this.questions = process.process().outputWriter(UTF_8);
  }

  /**
   * Starts one by way of another program.
   *
   * @param wrapper a program and its arguments, which ends by running the arguments after those
   * @param flags of the JVM
   */
  static RestrictedProcess start(Path pond, List<String> wrapper, List<String> flags)
      throws IOException {
    return new RestrictedProcess(
        JavaProcess.start(
            wrapper, RestrictedProcess.class, Map.of("POND", pond.toString()), flags, List.of()));
  }

  /** Runs a verb. */
  Result run(String... words) throws IOException {
    String[] answer = ask(words).split(" ", -1);
    return new Result(Integer.parseInt(answer[0]), decoded(answer[1]), decoded(answer[2]));
  }

  /** Has the process open files until it may open only so many more. */
  void leaveDescriptors(int count) throws IOException {
    ask(LEAVE, Integer.toString(count));
  }

  /** Has it close the files that it opened for nothing. */
  void freeDescriptors() throws IOException {
    ask(LEAVE);
  }

  private String ask(String... words) throws IOException {
    questions.write(
        Stream.of(words).map(RestrictedProcess::encoded).collect(Collectors.joining(" ")));
    questions.write("\n");
    questions.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new AssertionError("the process has ended: " + process.errors());
    }
    return answer;
  }

  /** Returns what the process itself has said on standard error: its log, or the JVM. */
  String errors() throws IOException {
    return process.errors();
  }

  @Override
  public void close() throws IOException {
    process.close();
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String decoded(String text) {
    return new String(Base64.getDecoder().decode(text), UTF_8);
  }

  /** Answers until its input ends. */
  public static void main(String[] none) throws IOException {
    BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    loadAll();
    Hog hog = new Hog();
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      List<String> words = Stream.of(line.split(" ", -1)).map(RestrictedProcess::decoded).toList();
      String answer = "";
      if (words.get(0).equals(LEAVE)) {
        hog.free();
        if (words.size() > 1) {
          hog.leave(Integer.parseInt(words.get(1)));
        }
      } else {
        answer = run(words);
      }
      System.out.println(answer);
    }
  }

  /**
   * As in the command, whose archives stay open, no class costs a file when it is first used: those
   * of the project's folders are loaded now.
   */
  private static void loadAll() throws IOException {
    for (String place : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path folder = Path.of(place);
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          files.map(file -> folder.relativize(file).toString()).forEach(RestrictedProcess::load);
        }
      }
    }
    load("no/such/Type.class"); // looked for in every archive, which opens them all
  }

  private static void load(String file) {
    if (file.startsWith("io/duckpond/") || file.startsWith("no/")) {
      try {
        ClassLoader loader = RestrictedProcess.class.getClassLoader();
        Class.forName(file.replaceAll("\\.class$", "").replace('/', '.'), false, loader);
      } catch (ClassNotFoundException noClass) {
        return;
      }
    }
  }

  private static String run(List<String> words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Environment environment =
        new Environment(
            new ByteArrayInputStream("input".getBytes(UTF_8)),
            out,
            err,
            Set.of(),
            System.getenv(),
            ConfigFactory::load,
            ZoneOffset.UTC);
    int exitCode = CommandRun.run(environment, words);
    return exitCode + " " + encoded(out.toString(UTF_8)) + " " + encoded(err.toString(UTF_8));
  }

  /** Files that are open for nothing. */
  private static final class Hog {
    private final Deque<InputStream> open = new ArrayDeque<>();

    void leave(int count) throws IOException {
      try {
        while (true) {
          open.push(Files.newInputStream(Path.of("/dev/null")));
        }
      } catch (NoSuchFileException e) {
        throw e;
      } catch (IOException full) {
        for (int i = 0; i < count; i++) {
          open.pop().close();
        }
      }
    }

    void free() throws IOException {
      while (!open.isEmpty()) {
        open.pop().close();
      }
    }
  }
}
