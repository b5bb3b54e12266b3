package io.duckpond.launcher.command;

import io.duckpond.FileOptions;
import io.duckpond.WorkingDirectory;
import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.PondSession;
import io.duckpond.node.NodeType;
import java.io.IOException;
import java.io.InputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Creates nodes of other types than file. */
@Command(
    name = "mknod",
    description = "Create an empty node of a type: file or series.",
    footer = {
      "",
      "A new series has one piece, which is empty.",
      "",
      "Examples:",
      "  pond mknod series /log",
      "  date | pond append /log"
    })
final class MknodCommand extends WritingVerb {
  @Parameters(index = "0", paramLabel = "TYPE", description = "file or series.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "PATH", description = "The node, which must not exist.")
  private String path = "";

  @Override
  void check() {
    fileType();
  }

  @Override
  void change(PondSession session, WorkingDirectory root) throws IOException {
    root.createFile(path, InputStream.nullInputStream(), FileOptions.of(fileType()));
  }

  private NodeType fileType() {
    return switch (type) {
      case "file" -> NodeType.FILE;
      case "series" -> NodeType.SERIES;
      default ->
          throw Complaint.usage(
                  "mknod", "no type that can be made: '" + type + "'", "file or series")
              .exception();
    };
  }
}
