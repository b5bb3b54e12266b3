package io.duckpond.transaction;

import io.duckpond.dynamic.Configuration;
import io.duckpond.dynamic.Definition;
import io.duckpond.dynamic.DynamicContext;
import io.duckpond.dynamic.DynamicDirectory;
import io.duckpond.dynamic.DynamicFactory;
import io.duckpond.dynamic.DynamicNode;
import io.duckpond.dynamic.Factories;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Optional;

/** Checks definitions of dynamic nodes and writes them. */
final class Definitions {
  private static final int DIRECTORY_MODE = 0755;
  private static final int FILE_MODE = 0644;

  private Definitions() {}

  /** Writes the definition at a site, which is free or has a dynamic node of the same kind. */
  static Entry write(Workspace workspace, Site site, String asked, String name, String config)
      throws IOException {
    Optional<DynamicFactory> factory = Factories.find(name);
    if (factory.isEmpty()) {
      throw Refusals.because(
          asked, "no factory '" + name + "'; there are " + String.join(", ", Factories.names()));
    }
    Definition definition;
    NodeType type;
    try {
      definition = new Definition(name, Configuration.parse(config));
      DynamicContext nothing = new DynamicContext(TreeWorkingDirectory.of(workspace.pin()));
      DynamicNode made = factory.get().create(definition.configuration(), nothing);
      type = made instanceof DynamicDirectory ? NodeType.DYNAMIC_DIRECTORY : NodeType.DYNAMIC_FILE;
    } catch (RuntimeException e) {
      FileSystemException refusal =
          Refusals.because(
              asked, "factory '" + name + "' refuses the configuration: " + e.getMessage());
      refusal.initCause(e);
      throw refusal;
    }
    Optional<Entry> before = workspace.directory(site.place().directory()).get(site.place().name());
    if (before.isPresent() && before.get().type() != type) {
      throw Refusals.because(
          asked, "is a " + before.get().type().storedName() + ", the factory makes none");
    }
    int mode = type == NodeType.DYNAMIC_DIRECTORY ? DIRECTORY_MODE : FILE_MODE;
    return workspace.write(
        site,
        type,
        workspace.take(new ByteArrayInputStream(definition.bytes())),
        before.isPresent() ? Optional.empty() : Optional.of(new Attributes(mode, workspace.now())));
  }
}
