package io.duckpond.launcher.command;

import picocli.CommandLine;

/** Every verb, in the order in which help lists them. */
public final class Verbs {

  private Verbs() {}

  /** Adds the verbs to the command. */
  public static void addTo(CommandLine pond) {
    pond.addSubcommand(new InitCommand())
        .addSubcommand(new LsCommand())
        .addSubcommand(new TreeCommand())
        .addSubcommand(new StatCommand())
        .addSubcommand(new ReadlinkCommand())
        .addSubcommand(new CatCommand())
        .addSubcommand(new PutCommand())
        .addSubcommand(new TouchCommand())
        .addSubcommand(new MkdirCommand())
        .addSubcommand(new LnCommand())
        .addSubcommand(new MvCommand())
        .addSubcommand(new RmCommand())
        .addSubcommand(new CopyCommand())
        .addSubcommand(new StatusCommand())
        .addSubcommand(new SyncCommand())
        .addSubcommand(new LogCommand())
        .addSubcommand(new HistoryCommand())
        .addSubcommand(new ShowCommand())
        .addSubcommand(new QueryCommand())
        .addSubcommand(new RestoreCommand())
        .addSubcommand(new FsckCommand())
        .addSubcommand(new ShellCommand())
        .addSubcommand(new TourCommand())
        .addSubcommand(new HelpCommand());
  }
}
