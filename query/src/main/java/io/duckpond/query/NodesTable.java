package io.duckpond.query;

import io.duckpond.oplog.LogFilter;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code nodes}: one row per living node, the root first, depth first in name order. */
final class NodesTable extends PondTable<LivingNode> {

  NodesTable(Executions executions) {
    super(
        executions,
        10_000,
        List.of(
            Column.text("node_id", node -> node.entry().child().hex()),
            Column.text("path", LivingNode::path),
            Column.text("name", LivingNode::name),
            Column.text("type", node -> node.entry().type().storedName()),
            Column.optionalNumber("size", LivingNode::size),
            Column.number("version", node -> node.entry().version()),
            Column.instant("modified", node -> Math.floorDiv(node.modifiedNanos(), 1000L)),
            Column.number("modified_nanos", LivingNode::modifiedNanos),
            Column.optionalText("sha256", LivingNode::sha256),
            Column.optionalText("target", LivingNode::target),
            Column.integer("mode", node -> node.entry().attributes().mode()),
            Column.optionalText(PART_ID, LivingNode::parentHex)));
  }

  @Override
  Stream<LivingNode> rows(PondState state, LogFilter filter, Set<String> wanted)
      throws IOException {
    Stream<LivingNode> below = TreeWalk.below(state.tree(), filter);
    return filter.partIds().isPresent()
        ? below
        : Stream.concat(Stream.of(TreeWalk.root(state.tree())), below);
  }
}
