package io.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/sql.md} says what is so. */
class SqlPageTest {

  private static final Pattern EXAMPLE =
      Pattern.compile("```sql\\n(.*?)```\\n```\\n(.*?)```\\n", Pattern.DOTALL);
  private static final Pattern TABLE = Pattern.compile("^\\*\\*`(\\w+)`\\*\\*", Pattern.MULTILINE);

  private record Example(String sql, String result) {}

  private static String page() throws IOException {
    return Files.readString(Path.of("docs", "sql.md"));
  }

  static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    Matcher matcher = EXAMPLE.matcher(page());
    while (matcher.find()) {
      examples.add(new Example(matcher.group(1), matcher.group(2)));
    }
    return examples;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void itsExamplesAnswerAsItSays(Example example) throws Exception {
    assertThat(Sql.table(new FakePond(), example.sql())).isEqualTo(example.result());
  }

  @Test
  void itHasExamples() throws Exception {
    assertThat(examples()).hasSizeGreaterThan(5);
  }

  @Test
  void itListsEveryTableWithItsColumns() throws Exception {
    String page = page();
    Set<String> described = new HashSet<>();
    Matcher heading = TABLE.matcher(page);
    while (heading.find()) {
      String table = heading.group(1);
      described.add(table);
      int end = page.indexOf("\n**`", heading.end());
      String section =
          page.substring(heading.end(), end < 0 ? page.indexOf("\n## ", heading.end()) : end);
      for (String column : Names.columns("from " + table + " x", Set.of())) {
        assertThat(section).as(table).contains("`" + column + "`");
      }
    }
    assertThat(described).isEqualTo(Names.tables());
  }
}
