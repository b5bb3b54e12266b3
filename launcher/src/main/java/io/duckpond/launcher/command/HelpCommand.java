package io.duckpond.launcher.command;

import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.ExitCodes;
import io.duckpond.launcher.PondCommand;
import io.duckpond.launcher.render.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Prints help. */
@Command(
    name = "help",
    description = "Print the help of a verb, or of all.",
    footer = {"", "Examples:", "  pond help copy"})
final class HelpCommand implements Callable<Integer> {
  @ParentCommand private PondCommand pond;

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "VERB", description = "The verb.")
  private @Nullable String verb;

  @Override
  public Integer call() {
    CommandLine all = spec.commandLine().getParent();
    CommandLine about = verb == null ? all : all.getSubcommands().get(verb);
    if (about == null) {
      throw Complaint.usage(String.valueOf(verb), "no such verb", "pond --help lists the verbs")
          .exception();
    }
    if (pond.json()) {
      Map<String, CommandLine> verbs =
          verb == null ? all.getSubcommands() : Map.of(about.getCommandName(), about);
      verbs.values().stream().distinct().forEach(each -> pond.console().json(json(each)));
      return ExitCodes.OK;
    }
    PrintWriter out = pond.console().writer();
    about.usage(out);
    out.flush();
    return ExitCodes.OK;
  }

  private static JsonObject json(CommandLine verb) {
    return new JsonObject()
        .put("verb", verb.getCommandName())
        .putTexts("aliases", List.of(verb.getCommandSpec().aliases()))
        .put("description", String.join(" ", verb.getCommandSpec().usageMessage().description()))
        .put("usage", verb.getUsageMessage());
  }
}
