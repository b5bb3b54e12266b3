package io.duckpond.journal.check;

import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordKind;
import java.util.Set;

/** Gets the records of a table that is being checked, from many threads at once, in any order. */
public interface RecordVisitor {

  /** Wants no record. */
  RecordVisitor NONE =
      new RecordVisitor() {
        @Override
        public Set<RecordKind> kinds() {
          return Set.of();
        }

        @Override
        public void visit(LogRecord record) {}
      };

  /** Returns the kinds wanted; records of other kinds are read only if every byte is checked. */
  Set<RecordKind> kinds();

  /**
   * Looks at a record whose digest is right.
   *
   * @throws io.duckpond.journal.disk.DamageException if it makes no sense; the check notes that
   */
  void visit(LogRecord record);
}
