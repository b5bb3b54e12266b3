package io.duckpond.launcher.command;

import io.duckpond.WorkingDirectory;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import picocli.CommandLine.Command;

/** Stores standard input. */
@Command(
    name = "put",
    description = "Store standard input as a new file, or as a new version of one.",
    footer = {
      "",
      "A series is not put but appended to. A table takes readable Parquet only. In the shell,"
          + " whose standard input is its commands, --text gives the content.",
      "",
      "Examples:",
      "  date | pond put /now.txt",
      "  pond put -m 'first words' /notes.txt < notes.txt",
      "  pond put --text 'a few words' /notes.txt",
      "  pond put --type table /birds < birds.parquet"
    })
final class PutCommand extends StoringVerb {
  @Override
  String name() {
    return "put";
  }

  @Override
  List<NodeType> types() {
    return List.of(NodeType.FILE, NodeType.TABLE);
  }

  @Override
  Entry.File store(WorkingDirectory root, String at, InputStream content) throws IOException {
    return root.write(at, content);
  }
}
