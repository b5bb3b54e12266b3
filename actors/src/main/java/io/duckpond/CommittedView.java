package io.duckpond;

import io.duckpond.transaction.TreeWorkingDirectory;
import io.duckpond.view.Tree;

/** A committed tree and a root to read it from. */
record CommittedView(Tree tree) implements PondView {

  @Override
  public long txnSeq() {
    return tree.txnSeq();
  }

  @Override
  public WorkingDirectory root() {
    return TreeWorkingDirectory.of(tree);
  }
}
