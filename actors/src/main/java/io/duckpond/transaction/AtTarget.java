package io.duckpond.transaction;

/** What a copy or a move does with what has the new name already. */
enum AtTarget {
  /** It stays, and the call is refused. */
  REFUSE,
  /** It goes, if it is of a kind that may. */
  REPLACE
}
