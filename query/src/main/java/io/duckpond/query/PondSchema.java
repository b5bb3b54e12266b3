package io.duckpond.query;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;

/** The tables of a pond. */
final class PondSchema extends AbstractSchema {

  private final Map<String, Table> tables = new LinkedHashMap<>();

  PondSchema(PondSource source) {
    StatementStates states = new StatementStates(source);
    tables.put("transactions", new TransactionsTable(states));
    tables.put("records", new RecordsTable(states));
    tables.put("oplog_entries", new OplogEntriesTable(states));
    tables.put("directory_entries", new DirectoryEntriesTable(states));
    tables.put("nodes", new NodesTable(states));
  }

  @Override
  protected Map<String, Table> getTableMap() {
    return tables;
  }

  @Override
  public boolean isMutable() {
    return false;
  }
}
