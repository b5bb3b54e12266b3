package io.duckpond.launcher.command;

import io.duckpond.WorkingDirectory;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import picocli.CommandLine.Command;

/** Appends standard input to a series. */
@Command(
    name = "append",
    description = "Add standard input to a series as its next piece, or begin a series with it.",
    footer = {
      "",
      "Each piece is a version: cat prints all of them, oldest to newest, cat --version one. A"
          + " table series takes readable Parquet only, no column of another type than before. In the"
          + " shell, whose standard input is its commands, --text gives the piece.",
      "",
      "Examples:",
      "  date | pond append /log",
      "  pond append --text 'a few words' /log",
      "  pond cat --version 2 /log",
      "  pond append --type table-series /sightings < today.parquet"
    })
final class AppendCommand extends StoringVerb {
  @Override
  String name() {
    return "append";
  }

  @Override
  List<NodeType> types() {
    return List.of(NodeType.SERIES, NodeType.TABLE_SERIES);
  }

  @Override
  Entry.File store(WorkingDirectory root, String at, InputStream content) throws IOException {
    return root.append(at, content);
  }
}
