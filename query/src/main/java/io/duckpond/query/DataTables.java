package io.duckpond.query;

import io.duckpond.node.Entry;
import io.duckpond.node.NodeType;
import io.duckpond.oplog.TableFiles;
import io.duckpond.path.EntryName;
import io.duckpond.path.Resolution;
import io.duckpond.query.parquet.SqlType;
import io.duckpond.query.parquet.TableFile;
import io.duckpond.table.TableColumn;
import io.duckpond.table.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * The data files of a pond by their paths, as tables. What is no table is a {@link
 * DataFileException} that says what it is; names that do not begin with a slash are none of these.
 * The tables met last are kept, as a statement is asked about each several times.
 */
final class DataTables implements Lookup<Table> {

  /** The types of nodes that may hold rows. */
  static final Set<NodeType> READ = Set.of(NodeType.FILE, NodeType.TABLE, NodeType.TABLE_SERIES);

  private static final int MOST_KEPT = 100;

  /** A row of a series is taken to have so many bytes, to have a number to plan with. */
  private static final double BYTES_OF_A_ROW = 20;

  private record Known(Entry entry, DataTable table) {}

  private final PondSource source;
  private final Executions executions;
  private final Map<String, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MOST_KEPT;
        }
      };

  DataTables(PondSource source, Executions executions) {
    this.source = source;
    this.executions = executions;
  }

  @Override
  public @Nullable Table get(String name) {
    return name.startsWith("/") ? at(name) : null;
  }

  @Override
  public @Nullable Named<Table> getIgnoreCase(String name) {
    return name.startsWith("/") ? new Named<>(name, at(name)) : null;
  }

  /** A pond may have millions of files: they are found, but not listed. */
  @Override
  public Set<String> getNames(LikePattern pattern) {
    return Set.of();
  }

  /** Returns the names of all columns of the tables met. */
  synchronized Set<String> columns() {
    Set<String> names = new TreeSet<>();
    known.values().forEach(each -> each.table().columns().forEach(c -> names.add(c.name())));
    return names;
  }

  private synchronized DataTable at(String path) {
    try {
      PondFiles files = source.files();
      Resolution resolution = files.at(path);
      if (!(resolution instanceof Resolution.Found found)) {
        throw new DataFileException(path, Missing.message(files, path, resolution));
      }
      Entry entry = found.entry();
      Known before = known.get(path);
      if (before != null && before.entry().equals(entry)) {
        return before.table();
      }
      DataTable table = table(files, path, entry);
      known.put(path, new Known(entry, table));
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DataTable table(PondFiles files, String path, Entry entry) throws IOException {
    String type = entry.type().storedName();
    if (!(entry instanceof Entry.File file) || !READ.contains(file.type())) {
      throw new DataFileException(
          path,
          "'" + path + "' is a " + type + "; tables, table series and Parquet files can be read");
    }
    if (file.type() == NodeType.TABLE_SERIES) {
      List<DataColumn> columns = ofSeries(files.pieces(file, path).columns());
      return new DataTable(path, columns, executions, file.size() / BYTES_OF_A_ROW);
    }
    try (ContentReader bytes = files.open(file, path)) {
      TableSchema unused = TableFiles.outline(bytes, path);
      TableFile table = TableFile.open(bytes, path);
      return new DataTable(path, ofFile(table.columns()), executions, table.rowCount());
    } catch (FileSystemException refused) {
      String reason = String.valueOf(refused.getReason()).replaceFirst("^is ", "");
      throw new DataFileException(path, "'" + path + "' is a " + type + ", but " + reason);
    }
  }

  private static List<DataColumn> ofFile(List<Type> columns) {
    List<DataColumn> all = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Type column : columns) {
      boolean nullable = !column.isRepetition(Type.Repetition.REQUIRED);
      String name = unique(column.getName(), all.size() + 1, taken);
      all.add(new DataColumn(name, column.getName(), SqlType.of(column), nullable));
    }
    return all;
  }

  private static List<DataColumn> ofSeries(TableSchema schema) {
    List<DataColumn> all = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (TableColumn column : schema.columns()) {
      String name = unique(column.name(), all.size() + 1, taken);
      all.add(new DataColumn(name, column.name(), SqlType.ofText(column.type()), true));
    }
    return all;
  }

  /** SQL does not tell apart what differs by case alone, and has no empty name. */
  private static String unique(String stored, int number, Set<String> taken) {
    String base = stored.isEmpty() ? "column_" + number : stored;
    String name = base;
    for (int n = 2; !taken.add(name.toLowerCase(Locale.ROOT)); n++) {
      name = base + "_" + n;
    }
    return name;
  }

  /** What is said of paths that lead nowhere. */
  private static final class Missing {
    private Missing() {}

    static String message(PondFiles files, String path, Resolution resolution) {
      String lost = "table '" + path + "' not found";
      if (resolution instanceof Resolution.Blocked blocked) {
        String at = blocked.at();
        return lost
            + switch (blocked.reason()) {
              case MISSING -> ": " + thereIsNo(files, path);
              case NOT_A_DIRECTORY -> ": '" + at + "' is no directory";
              case LINK_LOOP -> ": '" + at + "' is a loop of links";
              case ESCAPES_ROOT -> ": the link '" + at + "' leads out of the pond";
            };
      }
      if (resolution instanceof Resolution.Vacant vacant && vacant.linkTarget().isPresent()) {
        return lost + ": it is a link to '" + vacant.linkTarget().get() + "', which is not there";
      }
      return lost + meant(nearest(files, path));
    }

    private static String thereIsNo(PondFiles files, String path) {
      String missing = path;
      try {
        while (missing.lastIndexOf('/') > 0) {
          String above = missing.substring(0, missing.lastIndexOf('/'));
          if (files.root().exists(above)) {
            break;
          }
          missing = above;
        }
      } catch (IOException unknown) {
        missing = path; // less is said, then
      }
      return "there is no '" + missing + "'" + meant(nearest(files, missing));
    }

    private static String meant(Optional<String> nearest) {
      return nearest.map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    private static Optional<String> nearest(PondFiles files, String path) {
      int slash = path.lastIndexOf('/');
      String directory = path.substring(0, slash + 1);
      try {
        List<String> names =
            files.root().list(directory).keySet().stream().map(EntryName::value).toList();
        return Nearest.to(path.substring(slash + 1), names).map(name -> directory + name);
      } catch (IOException unlisted) {
        return Optional.empty(); // a suggestion is all that is lost
      }
    }
  }
}
