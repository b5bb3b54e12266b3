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
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.runtime.CalciteContextException;
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
  private static final Pattern PLACE = Pattern.compile(" at line \\d+, column \\d+");

  private static final Pattern FIRST_WORD =
      Pattern.compile("(?s)(?:\\s|\\(|--[^\n]*\n|/\\*.*?\\*/)*(\\w*).*");
  private static final Set<String> STRUCTURE =
      Set.of("select", "from", "where", "having", "limit", "offset", "on", "join", "and", "or");
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

  /** What is said of more than one statement. */
  static final String SEVERAL = "one statement at a time, please";

  private Refusals() {}

  /**
   * Returns the refusal that {@code failure} means, or throws what is none: trouble with the disk,
   * with what is stored, or a fault of ours.
   *
   * @param columns of the data files that the statement names
   */
  static SqlRefusedException of(Throwable failure, String sql, Set<String> columns)
      throws IOException {
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
      } else if (cause instanceof DataFileException file) {
        return new SqlRefusedException(
            Display.escaped(String.valueOf(file.getMessage())), Excerpt.ofName(sql, file.path()));
      } else if (cause instanceof CalciteContextException context) {
        return validating(context, sql, columns);
      } else if (cause instanceof SqlParseException parsing) {
        return parsing(parsing, sql);
      }
    }
    Throwable root = causes.get(causes.size() - 1);
    if (root instanceof IllegalStateException fault && ours(fault)) {
      throw fault;
    }
    return new SqlRefusedException("this statement cannot be run: " + words(root), "");
  }

  /** Returns the refusal of what is no SQL. */
  static SqlRefusedException parsing(SqlParseException failure, String sql) {
    String first = FIRST_WORD.matcher(sql).replaceFirst("$1").toLowerCase(Locale.ROOT);
    if (WRITING.contains(first)) {
      return new SqlRefusedException(ReadOnlyException.MESSAGE, "");
    }
    if (!READING.contains(first)) {
      String summary = "a query begins with SELECT, WITH, VALUES or EXPLAIN, not '" + first + "'";
      return new SqlRefusedException(
          Display.escaped(summary + meant(Nearest.to(first, READING))), "");
    }
    if (failure.getPos() == null) {
      // Not the text but the parser itself gave up.
      return new SqlRefusedException(
          "this statement cannot be run: "
              + words(failure.getCause() == null ? failure : failure.getCause()),
          "");
    }
    return refusal(misread(failure, sql), sql, failure.getPos());
  }

  private static String misread(SqlParseException failure, String sql) {
    String message = String.valueOf(failure.getMessage());
    String rest = Excerpt.from(sql, failure.getPos());
    Matcher unexpected = UNEXPECTED.matcher(message);
    if (Excerpt.before(sql, failure.getPos()).stripTrailing().endsWith(";")) {
      return SEVERAL;
    } else if (rest.startsWith("'") || rest.startsWith("\"")) {
      return "this quote is not closed, or not expected here";
    } else if (!unexpected.matches()) {
      return plain(message);
    } else if (unexpected.group(1).endsWith("<EOF>")) {
      return "the statement ends too early";
    }
    String word = FIRST_WORD.matcher(rest).replaceFirst("$1");
    boolean reserved =
        SqlParser.create("", ParsedStatement.CONFIG)
            .getMetadata()
            .isReservedWord(word.toUpperCase(Locale.ROOT));
    boolean name = reserved && !STRUCTURE.contains(word.toLowerCase(Locale.ROOT));
    return "'"
        + unexpected.group(1)
        + "' is not expected here"
        + (name ? "; if " + word + " is a name, write \"" + word + "\"" : "");
  }

  private static SqlRefusedException validating(
      CalciteContextException failure, String sql, Set<String> columns) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String message = cause.getMessage() == null ? words(cause) : cause.getMessage();
    SqlParserPos place =
        new SqlParserPos(
            failure.getPosLine(),
            failure.getPosColumn(),
            failure.getEndPosLine(),
            failure.getEndPosColumn());
    return refusal(mended(message, sql, columns), sql, place);
  }

  private static String mended(String message, String sql, Set<String> columns) {
    Matcher column = UNKNOWN_COLUMN.matcher(message);
    if (column.matches()) {
      String name = column.group(1);
      return "column '"
          + name
          + "' not found"
          + meant(Nearest.to(name, Names.columns(sql, columns)));
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
    boolean truncates = message.startsWith("Cannot apply 'DATE_TRUNC'");
    return plain(message) + (truncates ? "; write floor(timestamp to hour)" : "");
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
    if (cause instanceof StackOverflowError) {
      return "it is nested too deeply";
    } else if (cause instanceof RelOptPlanner.CannotPlanException) {
      return "one of its functions or operators is not supported";
    } else if (message == null || message.isBlank()) {
      return cause.getClass().getSimpleName();
    } else if (cause instanceof NumberFormatException) {
      return "not a number: " + message.replaceFirst("^For input string: ", "");
    } else if (cause instanceof ArithmeticException && message.equals("/ by zero")) {
      return "division by zero";
    } else if (message.startsWith("Invalid DATE value") || message.startsWith("Invalid TIME")) {
      return plain(message) + "; write it as '2026-11-22 13:01:00'";
    }
    return plain(message);
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
