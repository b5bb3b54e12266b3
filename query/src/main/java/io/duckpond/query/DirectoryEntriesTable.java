package io.duckpond.query;

import io.duckpond.oplog.LogFilter;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** {@code directory_entries}: one row per name in a living directory. */
final class DirectoryEntriesTable extends PondTable<LivingNode> {

  DirectoryEntriesTable(Executions executions) {
    super(
        executions,
        10_000,
        List.of(
            Column.text(PART_ID, node -> Objects.requireNonNull(node.parentHex())),
            Column.text("name", LivingNode::name),
            Column.text("child_node_id", node -> node.entry().child().hex()),
            Column.text("entry_type", node -> node.entry().type().storedName()),
            Column.integer("mode", node -> node.entry().attributes().mode()),
            Column.instant("modified", node -> Math.floorDiv(node.modifiedNanos(), 1000L)),
            Column.number("modified_nanos", LivingNode::modifiedNanos),
            Column.number("version", node -> node.entry().version()),
            Column.optionalNumber("size", LivingNode::size),
            Column.optionalText("sha256", LivingNode::sha256),
            Column.optionalText("target", LivingNode::target)));
  }

  @Override
  Stream<LivingNode> rows(PondState state, LogFilter filter, Set<String> wanted)
      throws IOException {
    return TreeWalk.below(state.tree(), filter);
  }
}
