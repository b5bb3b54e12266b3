package io.duckpond.launcher;

import io.duckpond.launcher.Environment.Stream;
import io.duckpond.launcher.render.ShellWords;
import io.duckpond.launcher.render.Sizes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads verbs line by line and runs them on one pond. */
public final class ShellLoop {
  private final Environment environment;
  private final Console console;
  private final SharedSession session;
  private final boolean interactive;
  private final List<String> inherited;
  private int firstFailure = ExitCodes.OK;
  private boolean warned;

  /** A loop over the lines of the environment's standard input. */
  public ShellLoop(PondCommand shell, SharedSession session) {
    this.environment = shell.environment();
    this.console = shell.console();
    this.inherited = shell.inherited();
    this.session = session;
    this.interactive = environment.isTerminal(Stream.IN);
  }

  /** Runs to the end of the input and returns the shell's exit code. */
  public int run() throws IOException {
    // A decoder that reports: a name must not be silently changed into another.
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(environment.in(), StandardCharsets.UTF_8.newDecoder()))) {
      prompt();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!runLine(line)) {
          break;
        }
        prompt();
      }
    }
    return leave();
  }

  private void prompt() {
    if (interactive) {
      int pending = session.pending().size();
      console.prompt(pending == 0 ? "pond> " : "pond(" + pending + ")> ");
    }
  }

  /** Runs one line; returns whether another is wanted. */
  private boolean runLine(String line) throws IOException {
    List<String> words;
    try {
      words = ShellWords.split(line);
    } catch (IllegalArgumentException unclosed) {
      failed(console.complain(Complaint.usage(line, String.valueOf(unclosed.getMessage()))));
      return true;
    }
    if (words.isEmpty()) {
      return true;
    }
    switch (words.get(0)) {
      case "exit", "quit" -> {
        return !mayLeave();
      }
      case "begin" -> begin(words);
      case "rollback" -> rollback(words);
      default -> failed(runVerb(words));
    }
    warned = false;
    return true;
  }

  private int runVerb(List<String> words) {
    List<String> all = new ArrayList<>(inherited);
    all.addAll(words);
    return CommandRun.run(environment.withInput(InputStream.nullInputStream()), all, session);
  }

  private void begin(List<String> words) throws IOException {
    if (hasMore(words)) {
      return;
    }
    int pending = session.pending().size();
    if (pending > 0) {
      failed(
          console.complain(
              Complaint.refusal(
                  "begin",
                  Sizes.count(pending, "node") + " changed and not synced",
                  "sync or rollback first")));
    } else {
      session.rollback();
    }
  }

  private void rollback(List<String> words) throws IOException {
    if (!hasMore(words)) {
      session.rollback();
    }
  }

  private boolean hasMore(List<String> words) {
    if (words.size() == 1) {
      return false;
    }
    failed(console.complain(Complaint.usage(words.get(0), "takes no more words")));
    return true;
  }

  private void failed(int exitCode) {
    if (firstFailure == ExitCodes.OK) {
      firstFailure = exitCode;
    }
  }

  // Somebody at a terminal is asked once; a script has said all that it will.
  private boolean mayLeave() {
    int pending = session.pending().size();
    if (!interactive || pending == 0 || warned) {
      return true;
    }
    warned = true;
    console.complain(
        "pond: exit: "
            + Sizes.count(pending, "node")
            + " changed and not synced\nhint: sync keeps the changes; exit again drops them");
    return false;
  }

  private int leave() {
    int pending = session.pending().size();
    if (pending > 0 && !warned) {
      failed(
          console.complain(
              Complaint.refusal(
                  "shell",
                  Sizes.count(pending, "node") + " changed and not synced: the changes are dropped",
                  "end with sync to keep them, or with rollback if that was meant")));
    }
    return interactive ? ExitCodes.OK : firstFailure;
  }
}
