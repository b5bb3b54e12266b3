package io.duckpond.journal.parquet;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * The schema of a Parquet file. It is stored as a list, each group followed by what is in it; it is
 * walked here before Parquet's own reader recurs into it.
 */
final class Schema {
  /** Deeper than any table; every level may cost a frame of the stack. */
  private static final int DEEPEST = 100;

  private final List<SchemaElement> elements;
  private final Deque<Group> open = new ArrayDeque<>();
  private final List<Leaf> leaves = new ArrayList<>();

  /**
   * A column as it is stored.
   *
   * @param repeated whether a row may have several values, or none
   */
  record Leaf(List<String> path, org.apache.parquet.format.Type type, boolean repeated) {
    @Override
    public String toString() {
      return "'" + String.join(".", path) + "'";
    }
  }

  private static final class Group {
    private final List<String> path;
    private final boolean repeated;
    private int left;

    Group(List<String> path, boolean repeated, int left) {
      this.path = path;
      this.repeated = repeated;
      this.left = left;
    }
  }

  private Schema(List<SchemaElement> elements) {
    this.elements = elements;
  }

  /** Returns the columns as they are stored, in order; refuses a list that is no tree. */
  static List<Leaf> leaves(FileMetaData footer) throws MalformedParquetException {
    Schema schema = new Schema(footer.getSchema());
    schema.walk();
    return schema.leaves;
  }

  private void walk() throws MalformedParquetException {
    if (elements.isEmpty()) {
      throw new MalformedParquetException("it has no schema");
    }
    open.push(new Group(List.of(), false, children(elements.get(0))));
    for (SchemaElement element : elements.subList(1, elements.size())) {
      while (!open.isEmpty() && open.element().left == 0) {
        open.pop();
      }
      if (open.isEmpty()) {
        throw new MalformedParquetException("its schema goes on behind its end");
      }
      add(element, open.element());
    }
    for (Group group : open) {
      if (group.left > 0) {
        throw new MalformedParquetException("its schema ends too early");
      }
    }
  }

  private void add(SchemaElement element, Group within) throws MalformedParquetException {
    within.left--;
    List<String> path = new ArrayList<>(within.path);
    path.add(element.getName());
    if (!element.isSetRepetition_type()) {
      throw new MalformedParquetException("column '" + element.getName() + "' has no repetition");
    }
    boolean repeated =
        within.repeated || element.getRepetition_type() == FieldRepetitionType.REPEATED;
    if (element.isSetType()) {
      leaves.add(new Leaf(List.copyOf(path), element.getType(), repeated));
      return;
    }
    int children = children(element);
    if (children == 0) {
      throw new MalformedParquetException("column '" + element.getName() + "' has no type");
    }
    if (path.size() > DEEPEST) {
      throw new MalformedParquetException("its columns are nested too deeply");
    }
    open.push(new Group(path, repeated, children));
  }

  private int children(SchemaElement element) throws MalformedParquetException {
    int children = element.isSetNum_children() ? element.getNum_children() : 0;
    if (children < 0 || children >= elements.size()) {
      throw new MalformedParquetException("its schema speaks of " + children + " columns");
    }
    return children;
  }

  /** Returns the columns of the table, once {@link #leaves} has found no fault. */
  static List<ParquetColumn> columns(FileMetaData footer) throws MalformedParquetException {
    // Without the row groups, of which the converter would make many more objects.
    FileMetaData schemaAlone =
        new FileMetaData(footer.getVersion(), footer.getSchema(), 0, List.of());
    MessageType schema;
    try {
      schema =
          new ParquetMetadataConverter()
              .fromParquetMetadata(schemaAlone)
              .getFileMetaData()
              .getSchema();
    } catch (IOException | RuntimeException e) {
      throw new MalformedParquetException("its schema is none: " + e.getMessage(), e);
    }
    List<ParquetColumn> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Type field : schema.getFields()) {
      if (!names.add(field.getName())) {
        throw new MalformedParquetException("it has two columns '" + field.getName() + "'");
      }
      columns.add(new ParquetColumn(field.getName(), repetition(field) + text(field)));
    }
    return columns;
  }

  private static String repetition(Type type) {
    return type.isRepetition(Type.Repetition.REPEATED) ? "repeated " : "";
  }

  private static String text(Type type) {
    String annotation =
        type.getLogicalTypeAnnotation() == null
            ? ""
            : " (" + type.getLogicalTypeAnnotation().toString().toLowerCase(Locale.ROOT) + ")";
    if (type instanceof GroupType group) {
      return "group"
          + annotation
          + group.getFields().stream()
              .map(field -> repetition(field) + text(field) + " " + field.getName())
              .collect(Collectors.joining(", ", " {", "}"));
    }
    PrimitiveType primitive = type.asPrimitiveType();
    PrimitiveTypeName name = primitive.getPrimitiveTypeName();
    String length =
        name == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY ? "(" + primitive.getTypeLength() + ")" : "";
    return name.toString().toLowerCase(Locale.ROOT) + length + annotation;
  }
}
