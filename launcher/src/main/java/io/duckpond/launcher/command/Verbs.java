package io.duckpond.launcher.command;

import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.PondCommand;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Every verb, in the order in which help lists them. */
public final class Verbs {

  private static final Map<String, Supplier<Callable<Integer>>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("init", InitCommand::new);
    ALL.put("ls", LsCommand::new);
    ALL.put("tree", TreeCommand::new);
    ALL.put("find", FindCommand::new);
    ALL.put("glob", GlobCommand::new);
    ALL.put("stat", StatCommand::new);
    ALL.put("readlink", ReadlinkCommand::new);
    ALL.put("cat", CatCommand::new);
    ALL.put("put", PutCommand::new);
    ALL.put("append", AppendCommand::new);
    ALL.put("touch", TouchCommand::new);
    ALL.put("mkdir", MkdirCommand::new);
    ALL.put("mknod", MknodCommand::new);
    ALL.put("ln", LnCommand::new);
    ALL.put("mv", MvCommand::new);
    ALL.put("cp", CpCommand::new);
    ALL.put("rm", RmCommand::new);
    ALL.put("copy", CopyCommand::new);
    ALL.put("status", StatusCommand::new);
    ALL.put("sync", SyncCommand::new);
    ALL.put("log", LogCommand::new);
    ALL.put("history", HistoryCommand::new);
    ALL.put("show", ShowCommand::new);
    ALL.put("diff", DiffCommand::new);
    ALL.put("revert", RevertCommand::new);
    ALL.put("query", QueryCommand::new);
    ALL.put("restore", RestoreCommand::new);
    ALL.put("fsck", FsckCommand::new);
    ALL.put("maintain", MaintainCommand::new);
    ALL.put("shell", ShellCommand::new);
    ALL.put("tour", TourCommand::new);
    ALL.put("help", HelpCommand::new);
  }

  private Verbs() {}

  /** Refuses {@code --as-of} where it means nothing. */
  public static void checkAsOf(ParseResult parsed, PondCommand pond) {
    if (pond.asOf().isEmpty() || !parsed.hasSubcommand()) {
      return;
    }
    CommandSpec verb = parsed.subcommand().commandSpec();
    if (!(verb.userObject() instanceof ReadingVerb || verb.userObject() instanceof CopyCommand)) {
      throw Complaint.usage(verb.name(), "--as-of is for verbs that read").exception();
    }
  }

  /** Returns the names of all, without other names that they have. */
  public static Set<String> all() {
    return Collections.unmodifiableSet(ALL.keySet());
  }

  /**
   * Returns what a run of {@code words} needs: the verbs among them, or all where there is none, or
   * help is asked for. Making all of them takes longer than most verbs do.
   */
  public static Set<String> among(List<String> words) {
    Set<String> among = new LinkedHashSet<>(ALL.keySet());
    among.retainAll(words);
    return among.isEmpty() || among.contains("help") ? all() : among;
  }

  /** Adds verbs to the command. */
  public static void addTo(CommandLine pond, Set<String> names) {
    ALL.forEach(
        (name, verb) -> {
          if (names.contains(name)) {
            pond.addSubcommand(verb.get());
          }
        });
  }
}
