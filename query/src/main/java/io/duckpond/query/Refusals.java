package io.duckpond.query;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.JournalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Turns what went wrong with a statement into words that help to mend it. */
final class Refusals {

  private static final Pattern UNKNOWN_COLUMN =
      Pattern.compile("Column '(.+?)' not found in (?:any table|table '.+?').*");
  private static final Pattern UNKNOWN_TABLE =
      Pattern.compile("(?:Table|Object) '(.+?)' not found.*");
  private static final Pattern UNKNOWN_FUNCTION =
      Pattern.compile("No match found for function signature (\\S+?)\\((.*)\\)");
  private static final Pattern UNEXPECTED = Pattern.compile("(?s)Encountered \"(.*?)\" at line.*");
  private static final Pattern KEYWORD =
      Pattern.compile("(?s)Incorrect syntax near the keyword '(.+?)' at .*");
  private static final Pattern PLACE = Pattern.compile(" at line \\d+, column \\d+");

  private static final Pattern FIRST_WORD = Pattern.compile("(?s)\\W*(\\w*).*");
  private static final Set<String> READING = Set.of("select", "with", "values", "explain", "table");
  private static final Set<String> WRITING =
      Set.of(
          "create",
          "drop",
          "alter",
          "truncate",
          "grant",
          "revoke",
          "insert",
          "update",
          "delete",
          "merge",
          "upsert",
          "replace",
          "copy",
          "vacuum",
          "begin",
          "commit",
          "rollback",
          "set");

  private Refusals() {}

  /**
   * Returns the refusal that {@code failure} means, or throws what is none: trouble with the disk,
   * with what is stored, or a fault of ours.
   */
  static SqlRefusedException of(Throwable failure, String sql) throws IOException {
    List<Throwable> causes = causes(failure);
    for (Throwable cause : causes) {
      if (cause instanceof SqlRefusedException refused) {
        return refused;
      } else if (cause instanceof UncheckedIOException io) {
        throw io.getCause();
      } else if (cause instanceof IOException io) {
        throw io;
      } else if (cause instanceof JournalException || cause instanceof DamageException) {
        throw (RuntimeException) cause;
      } else if (cause instanceof ReadOnlyException) {
        return new SqlRefusedException(ReadOnlyException.MESSAGE, "");
      } else if (cause instanceof CalciteContextException context) {
        return validating(context, sql);
      } else if (cause instanceof SqlParseException parsing) {
        return parsing(parsing, sql);
      }
    }
    Throwable root = causes.get(causes.size() - 1);
    if (root instanceof IllegalStateException && ours(root)) {
      throw (IllegalStateException) root;
    }
    return new SqlRefusedException("this statement cannot be run: " + words(root), "");
  }

  /** Returns the refusal of what is no SQL. */
  static SqlRefusedException parsing(SqlParseException failure, String sql) {
    String first = FIRST_WORD.matcher(sql).replaceFirst("$1").toLowerCase(Locale.ROOT);
    if (WRITING.contains(first)) {
      return new SqlRefusedException(ReadOnlyException.MESSAGE, "");
    }
    if (!READING.contains(first) && !first.startsWith("(")) {
      String summary = "a query begins with SELECT, WITH, VALUES or EXPLAIN, not '" + first + "'";
      return refusal(summary + meant(Nearest.to(first, READING)), sql, SqlParserPos.ZERO);
    }
    String message = String.valueOf(failure.getMessage());
    Matcher unexpected = UNEXPECTED.matcher(message);
    Matcher keyword = KEYWORD.matcher(message);
    String summary;
    if (unexpected.matches()) {
      // Of several tokens only the first is certainly wrong.
      String token = unexpected.group(1).split("\" \"")[0].strip();
      summary = token.equals("<EOF>") ? "the statement ends too early" : unexpected(token);
    } else if (keyword.matches()) {
      summary = unexpected(keyword.group(1));
    } else {
      summary = plain(message);
    }
    return refusal(summary, sql, failure.getPos());
  }

  private static String unexpected(String token) {
    SqlAbstractParserImpl.Metadata metadata =
        SqlParser.create("", ParsedStatement.CONFIG).getMetadata();
    boolean keyword = metadata.isReservedWord(token.toUpperCase(Locale.ROOT));
    return "'"
        + token
        + "' is not expected here"
        + (keyword ? "; if it is a name, write \"" + token + "\"" : "");
  }

  private static SqlRefusedException validating(CalciteContextException failure, String sql) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String message = cause.getMessage() == null ? words(cause) : cause.getMessage();
    SqlParserPos place =
        new SqlParserPos(
            failure.getPosLine(),
            failure.getPosColumn(),
            failure.getEndPosLine(),
            failure.getEndPosColumn());
    return refusal(mended(message, sql), sql, place);
  }

  private static String mended(String message, String sql) {
    Matcher column = UNKNOWN_COLUMN.matcher(message);
    if (column.matches()) {
      String name = column.group(1);
      return "column '" + name + "' not found" + meant(Nearest.to(name, Names.columns(sql)));
    }
    Matcher table = UNKNOWN_TABLE.matcher(message);
    if (table.matches()) {
      String name = table.group(1);
      return "table '" + name + "' not found" + meant(Nearest.to(name, Names.tables()));
    }
    Matcher function = UNKNOWN_FUNCTION.matcher(message);
    if (function.matches()) {
      String name = function.group(1);
      return Names.isFunction(name)
          ? "function '" + name + "' does not take (" + function.group(2) + ")"
          : "function '" + name + "' not found" + meant(Nearest.to(name, Names.functions()));
    }
    return plain(message);
  }

  private static String meant(Optional<String> nearest) {
    return nearest.map(name -> "; did you mean '" + name + "'?").orElse("");
  }

  private static SqlRefusedException refusal(String summary, String sql, SqlParserPos place) {
    return new SqlRefusedException(Display.escaped(summary), Excerpt.of(sql, place));
  }

  private static String plain(String message) {
    String line = message.lines().findFirst().orElse("").strip();
    String bare = PLACE.matcher(line).replaceAll("");
    boolean word = bare.length() > 1 && Character.isLowerCase(bare.charAt(1));
    return word ? bare.substring(0, 1).toLowerCase(Locale.ROOT) + bare.substring(1) : bare;
  }

  private static String words(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : plain(message);
  }

  private static boolean ours(Throwable cause) {
    StackTraceElement[] stack = cause.getStackTrace();
    return stack.length > 0 && stack[0].getClassName().startsWith("io.duckpond.");
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure; cause != null && !causes.contains(cause); ) {
      causes.add(cause);
      cause = cause.getCause();
    }
    return causes;
  }
}
