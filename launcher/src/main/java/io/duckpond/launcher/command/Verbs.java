package io.duckpond.launcher.command;

import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.PondCommand;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Every verb, in the order in which help lists them. */
public final class Verbs {

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

  /** Adds the verbs to the command. */
  public static void addTo(CommandLine pond) {
    pond.addSubcommand(new InitCommand())
        .addSubcommand(new LsCommand())
        .addSubcommand(new TreeCommand())
        .addSubcommand(new FindCommand())
        .addSubcommand(new GlobCommand())
        .addSubcommand(new StatCommand())
        .addSubcommand(new ReadlinkCommand())
        .addSubcommand(new CatCommand())
        .addSubcommand(new PutCommand())
        .addSubcommand(new AppendCommand())
        .addSubcommand(new TouchCommand())
        .addSubcommand(new MkdirCommand())
        .addSubcommand(new MknodCommand())
        .addSubcommand(new LnCommand())
        .addSubcommand(new MvCommand())
        .addSubcommand(new CpCommand())
        .addSubcommand(new RmCommand())
        .addSubcommand(new CopyCommand())
        .addSubcommand(new StatusCommand())
        .addSubcommand(new SyncCommand())
        .addSubcommand(new LogCommand())
        .addSubcommand(new HistoryCommand())
        .addSubcommand(new ShowCommand())
        .addSubcommand(new DiffCommand())
        .addSubcommand(new RevertCommand())
        .addSubcommand(new QueryCommand())
        .addSubcommand(new RestoreCommand())
        .addSubcommand(new FsckCommand())
        .addSubcommand(new MaintainCommand())
        .addSubcommand(new ShellCommand())
        .addSubcommand(new TourCommand())
        .addSubcommand(new HelpCommand());
  }
}
