package io.duckpond.glob;

import java.io.IOException;

/** Is shown what a glob finds, one by one, in the glob's order. */
@FunctionalInterface
public interface GlobVisitor {

  /** Sees a match; what it throws ends the search. */
  void visit(GlobMatch match) throws IOException;
}
