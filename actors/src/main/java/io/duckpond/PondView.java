package io.duckpond;

import io.duckpond.view.Tree;

/** A committed state of a pond, for ever the same. Any thread. */
public interface PondView {

  /** Returns the number of the transaction that it shows. */
  long txnSeq();

  /** Returns the root; every change through it is refused. */
  WorkingDirectory root();

  /** Returns the directories behind it, for those who walk. */
  Tree tree();
}
