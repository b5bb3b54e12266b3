package io.duckpond.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a pond, its data files, and its earlier states: each is a schema within this one.
 */
final class PondSchema extends AbstractSchema {

  private static final Pattern AS_OF = Pattern.compile("as of transaction ([1-9][0-9]{0,17})");

  private final PondSource source;
  private final Map<String, Table> tables = new LinkedHashMap<>();
  private final DataTables files;
  private final Map<Long, PondSchema> past = new LinkedHashMap<>();

  PondSchema(PondSource source) {
    Executions executions = new Executions(source);
    this.source = source;
    this.files = new DataTables(source, executions);
    tables.put("transactions", new TransactionsTable(executions));
    tables.put("records", new RecordsTable(executions));
    tables.put("oplog_entries", new OplogEntriesTable(executions));
    tables.put("directory_entries", new DirectoryEntriesTable(executions));
    tables.put("nodes", new NodesTable(executions));
  }

  /** Returns the name of the schema of an earlier state. */
  static String asOf(long txnSeq) {
    return "as of transaction " + txnSeq;
  }

  PondSource source() {
    return source;
  }

  /** Returns the tables by name, and the data files by path. */
  @Override
  @SuppressWarnings("unchecked") // an array of lookups, which nobody keeps
  public Lookup<Table> tables() {
    return Lookup.concat(super.tables(), files);
  }

  /** Returns the columns of the data files that were asked for. */
  synchronized Set<String> columnsOfFiles() {
    Set<String> columns = new TreeSet<>(files.columns());
    past.values().forEach(schema -> columns.addAll(schema.columnsOfFiles()));
    return columns;
  }

  @Override
  protected Map<String, Table> getTableMap() {
    return tables;
  }

  @Override
  public Lookup<? extends Schema> subSchemas() {
    return new Lookup<PondSchema>() {
      @Override
      public @Nullable PondSchema get(String name) {
        Matcher named = AS_OF.matcher(name);
        return named.matches() ? past(Long.parseLong(named.group(1))) : null;
      }

      @Override
      public @Nullable Named<PondSchema> getIgnoreCase(String name) {
        PondSchema found = get(name);
        return found == null ? null : new Named<>(name, found);
      }

      @Override
      public Set<String> getNames(LikePattern pattern) {
        return Set.of();
      }
    };
  }

  private synchronized PondSchema past(long txnSeq) {
    PondSchema known = past.get(txnSeq);
    if (known != null) {
      return known;
    }
    try {
      var pond = source.pond();
      PondSchema found = new PondSchema(new PastState(pond, pond.asOf(txnSeq)));
      past.put(txnSeq, found);
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isMutable() {
    return false;
  }
}
