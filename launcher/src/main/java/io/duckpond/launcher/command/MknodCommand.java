package io.duckpond.launcher.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.FileOptions;
import io.duckpond.WorkingDirectory;
import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.PondCommand;
import io.duckpond.launcher.PondSession;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeType;
import io.duckpond.table.EmptyTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates nodes of other types than file. */
@Command(
    name = "mknod",
    description =
        "Create a node of a type: file, series, table, table-series, dynamic-directory or"
            + " dynamic-file.",
    footer = {
      "",
      "A new series has one piece, which is empty; a new table has neither columns nor rows, and a"
          + " new table series one such table. Tables are Parquet: what put and append bring is"
          + " looked at before it is stored.",
      "",
      "A dynamic node is computed when it is read, by a factory from a configuration, which is a"
          + " JSON object: glob (pattern, name, separator) makes a directory, template (template) a"
          + " file, host (directory) a directory.",
      "",
      "Examples:",
      "  pond mknod series /log",
      "  date | pond append /log",
      "  pond mknod table /t",
      "  pond put /t < t.parquet",
      "  pond mknod dynamic-directory /logs --factory glob --config logs.json",
      "  echo '{\"template\":\"{{list:/logs}}\"}' | pond mknod dynamic-file /index --factory"
          + " template --config -"
    })
final class MknodCommand extends WritingVerb {
  private static final String TYPES =
      "file, series, table, table-series, dynamic-directory or dynamic-file";

  @Parameters(index = "0", paramLabel = "TYPE", description = TYPES + ".")
  private String type = "";

  @Parameters(index = "1", paramLabel = "PATH", description = "The node, which must not exist.")
  private String path = "";

  @Option(names = "--factory", paramLabel = "F", description = "What computes a dynamic node.")
  private @Nullable String factory;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The host file with its configuration; - is standard input.")
  private @Nullable String config;

  @Option(names = "--replace", description = "Write a new version of a dynamic node's definition.")
  private boolean replace;

  private String configuration = "{}";

  @Override
  void check() throws IOException {
    boolean dynamic = nodeType().isDynamic();
    if (dynamic && factory == null) {
      throw Complaint.usage("mknod", "a dynamic node needs --factory").exception();
    }
    if (!dynamic && (factory != null || config != null || replace)) {
      throw Complaint.usage("mknod", "--factory, --config and --replace are for dynamic nodes")
          .exception();
    }
    if (config != null) {
      byte[] bytes =
          config.equals("-")
              ? pond().environment().in().readAllBytes()
              : Files.readAllBytes(PondCommand.hostPath(config));
      configuration = text(bytes);
    }
  }

  private String text(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Complaint.refusal(String.valueOf(config), "is not UTF-8 text").exception();
    }
  }

  @Override
  void change(PondSession session, WorkingDirectory root) throws IOException {
    NodeType wanted = nodeType();
    if (!wanted.isDynamic()) {
      boolean table = wanted == NodeType.TABLE || wanted == NodeType.TABLE_SERIES;
      root.createFile(
          path,
          table ? EmptyTable.content() : InputStream.nullInputStream(),
          FileOptions.of(wanted));
      return;
    }
    String maker = Optional.ofNullable(factory).orElse("");
    Entry made =
        replace
            ? root.redefine(path, maker, configuration)
            : root.createDynamic(path, maker, configuration);
    if (made.type() != wanted) {
      throw Complaint.refusal(path, "factory '" + maker + "' makes a " + made.type().storedName())
          .exception();
    }
  }

  private NodeType nodeType() {
    return switch (type) {
      case "file" -> NodeType.FILE;
      case "series" -> NodeType.SERIES;
      case "table" -> NodeType.TABLE;
      case "table-series" -> NodeType.TABLE_SERIES;
      case "dynamic-directory" -> NodeType.DYNAMIC_DIRECTORY;
      case "dynamic-file" -> NodeType.DYNAMIC_FILE;
      default ->
          throw Complaint.usage("mknod", "no type that can be made: '" + type + "'", TYPES)
              .exception();
    };
  }
}
