package io.duckpond.launcher;

import static picocli.CommandLine.ScopeType.INHERIT;

import io.duckpond.CommitInfo;
import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.launcher.render.ShellWords;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command itself: what holds for every verb, and how a verb reaches its pond. */
@Command(
    name = "pond",
    description = "A local-first, transactional, versioned filesystem for data.",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    footer = {"", "pond VERB --help tells more, with examples."},
    sortOptions = false)
public final class PondCommand implements Callable<Integer> {

  /** When output is coloured. */
  public enum Color {
    AUTO,
    ALWAYS,
    NEVER
  }

  private final Environment environment;
  private final Console console;
  private final List<String> words;
  private final Optional<SharedSession> shared;

  @Spec private CommandSpec spec;

  @Option(
      names = "--pond",
      paramLabel = "DIR",
      scope = INHERIT,
      description = "The pond's folder; else $POND.")
  private @Nullable String directory;

  @Option(
      names = "--json",
      scope = INHERIT,
      description = "Results as JSON: one document, or an object a line.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      scope = INHERIT,
      description = "No summaries, no progress.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = INHERIT,
      description = "Log what happens, on standard error.")
  private boolean verbose;

  @Option(names = "--debug", scope = INHERIT, description = "Stack traces of errors.")
  private boolean debug;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = INHERIT,
      description = "auto (the default), always or never.")
  private Color color = Color.AUTO;

  @Option(
      names = "--lock-wait",
      paramLabel = "SECONDS",
      scope = INHERIT,
      description = "How long to wait for another writer (10).")
  private @Nullable Double lockWaitSeconds;

  @Option(
      names = "--as-of",
      paramLabel = "X",
      scope = INHERIT,
      description = "Verbs that read: the pond after transaction X, or at a time.")
  private @Nullable String asOf;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = INHERIT,
      description = "This help.")
  private boolean help;

  @Option(names = "--version", versionHelp = true, description = "The version.")
  private boolean version;

  PondCommand(
      Environment environment,
      Console console,
      List<String> words,
      Optional<SharedSession> shared) {
    this.environment = environment;
    this.console = console;
    this.words = List.copyOf(words);
    this.shared = shared;
  }

  /** Says briefly what could be said; a bare {@code pond} is a usage error. */
  @Override
  public Integer call() {
    try (PrintWriter err = new PrintWriter(environment.err(), false, StandardCharsets.UTF_8)) {
      spec.commandLine().usage(err);
    }
    return ExitCodes.USAGE;
  }

  /** Applies the options that hold for the whole run. */
  void apply() {
    if (quiet) {
      console.setChatter(Console.Chatter.QUIET);
    }
    if (verbose) {
      Logging.beVerbose();
    }
  }

  /** Returns whether stack traces are wanted. */
  boolean debugging() {
    return debug;
  }

  /** Returns where to print. */
  public Console console() {
    return console;
  }

  /** Returns the world around this run. */
  public Environment environment() {
    return environment;
  }

  /** Returns the session of the shell that runs this verb, if one does. */
  public Optional<SharedSession> shared() {
    return shared;
  }

  /** Returns whether results are to be JSON. */
  public boolean json() {
    return json;
  }

  /** Returns whether names are coloured. */
  public boolean colors() {
    return switch (color) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          environment.isTerminal(Environment.Stream.OUT)
              && environment.variables().getOrDefault("NO_COLOR", "").isEmpty();
    };
  }

  /** Returns the options that a shell's verbs take over from the shell. */
  public List<String> inherited() {
    List<String> options = new ArrayList<>();
    if (quiet) {
      options.add("--quiet");
    }
    if (json) {
      options.add("--json");
    }
    if (debug) {
      options.add("--debug");
    }
    options.add("--color=" + color.name().toLowerCase(Locale.ROOT));
    return options;
  }

  /** Returns the words of the verb as the log is to show them. */
  public String commandText() {
    return ShellWords.join(CommandText.withoutGlobals(words));
  }

  /** Returns what the log is to say of this run. */
  public CommitInfo commitInfo(String message) {
    return new CommitInfo(commandText(), message, SharedSession.user());
  }

  /** Returns the state that is to be read from, if not the newest. */
  public Optional<StateName> asOf() {
    return Optional.ofNullable(asOf)
        .map(named -> StateName.parse(named, environment.zone(), "--as-of"));
  }

  /** Opens the pond of this run at the state that is to be read from. */
  public PondSession openToRead() throws IOException {
    Optional<StateName> then = asOf();
    PondSession present = open();
    return then.isPresent() ? PastSession.of(present, then.get()) : present;
  }

  /** Opens the pond of this run, or hands out the shell's. */
  public PondSession open() throws IOException {
    if (shared.isPresent()) {
      if (directory != null) {
        throw Complaint.usage(
                "--pond", "the shell has its pond already", "leave it with exit first")
            .exception();
      }
      return shared.get();
    }
    return new OneVerbSession(Pond.open(directory(), settings()), this::commitInfo);
  }

  /** Returns the folder of this run's pond, or of the shell's. */
  public Path folder() {
    return shared.isPresent() ? shared.get().pond().directory() : directory();
  }

  /** Opens a pond for many verbs. */
  public SharedSession openShared() throws IOException {
    return new SharedSession(Pond.open(directory(), settings()));
  }

  /** Returns the folder of the pond, or complains that none is named. */
  public Path directory() {
    String named = directory != null ? directory : environment.variables().getOrDefault("POND", "");
    if (named.isEmpty()) {
      throw Complaint.usage(
              "POND", "not set", "export POND=DIR, or give --pond DIR; pond init DIR makes a pond")
          .exception();
    }
    return hostPath(named);
  }

  /** Returns a path of the host, absolute. */
  public static Path hostPath(String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException odd) {
      throw Complaint.refusal(text, odd.getReason().toLowerCase(Locale.ROOT)).exception();
    }
  }

  /** Returns the settings of the configuration and of this run's options. */
  public PondSettings settings() {
    PondSettings settings =
        PondSettings.from(environment.configuration().get()).withCommand("pond " + commandText());
    return lockWaitSeconds == null ? settings : settings.withLockWait(lockWait(lockWaitSeconds));
  }

  private static Duration lockWait(double seconds) {
    if (!(seconds >= 0 && seconds <= 1e6)) {
      throw Complaint.usage("--lock-wait", "not a number of seconds: " + seconds, "0 does not wait")
          .exception();
    }
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
