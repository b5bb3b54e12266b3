package io.duckpond.query;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;

/** The tables of a pond. */
final class PondSchema extends AbstractSchema {

  private final Map<String, Table> tables = new LinkedHashMap<>();

  PondSchema(PondSource source) {
    Executions executions = new Executions(source);
    tables.put("transactions", new TransactionsTable(executions));
    tables.put("records", new RecordsTable(executions));
    tables.put("oplog_entries", new OplogEntriesTable(executions));
    tables.put("directory_entries", new DirectoryEntriesTable(executions));
    tables.put("nodes", new NodesTable(executions));
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
