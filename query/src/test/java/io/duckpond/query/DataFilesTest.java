package io.duckpond.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.FileOptions;
import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.Transaction;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.node.NodeType;
import io.duckpond.table.EmptyTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Data files as tables.
 *
 * <pre>
 * 2  /d/ducks (table) 2 rows of name; /log (table series) 1 row of n; /notes.txt
 * 3  /d/ducks 3 rows of name and weight; /log + 2 rows of n and note
 * </pre>
 */
class DataFilesTest {

  private static final MessageType NAMES =
      MessageTypeParser.parseMessageType("message m { required binary name (STRING); }");
  private static final MessageType DUCKS =
      MessageTypeParser.parseMessageType(
          "message m { required binary name (STRING); optional double weight; }");
  private static final MessageType NUMBERS =
      MessageTypeParser.parseMessageType("message m { required int64 n; }");
  private static final MessageType NOTES =
      MessageTypeParser.parseMessageType(
          "message m { optional binary note (STRING); required int64 n; }");

  @TempDir private Path temporary;
  private Pond pond;

  @BeforeEach
  void create() throws IOException {
    pond = Pond.create(temporary.resolve("pond"), PondSettings.load());
    try (Transaction transaction = pond.begin()) {
      var root = transaction.root();
      root.createDirectories("/d");
      root.createFile(
          "/d/ducks",
          table(NAMES, duck(NAMES, "ann"), duck(NAMES, "bob")),
          FileOptions.of(NodeType.TABLE));
      root.createFile("/log", table(NUMBERS, number(1)), FileOptions.of(NodeType.TABLE_SERIES));
      root.createFile("/notes.txt", new ByteArrayInputStream("no more than text".getBytes(UTF_8)));
      root.createSymlink("/link", "d/ducks");
      transaction.commit();
      Group carl = duck(DUCKS, "carl");
      carl.add("weight", 1.5);
      root.write("/d/ducks", table(DUCKS, duck(DUCKS, "ann"), duck(DUCKS, "bob"), carl));
      root.append("/log", table(NOTES, note(2, "two"), note(3, "three")));
      transaction.commit();
    }
  }

  @AfterEach
  void close() {
    pond.close();
  }

  private static Group duck(MessageType schema, String name) {
    Group duck = new SimpleGroup(schema);
    duck.add("name", name);
    return duck;
  }

  private static Group number(long n) {
    Group group = new SimpleGroup(NUMBERS);
    group.add("n", n);
    return group;
  }

  private static Group note(long n, String text) {
    Group group = new SimpleGroup(NOTES);
    group.add("note", text);
    group.add("n", n);
    return group;
  }

  private static InputStream table(MessageType schema, Group... rows) throws IOException {
    return new ByteArrayInputStream(ParquetBytes.of(schema, List.of(rows)));
  }

  private void put(String path, InputStream bytes, NodeType type) throws IOException {
    try (Transaction transaction = pond.begin()) {
      transaction.root().createFile(path, bytes, FileOptions.of(type));
      transaction.commit();
    }
  }

  private static String csv(PondSql sql, String statement) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    sql.run(statement, ResultFormat.CSV, out);
    return out.toString(UTF_8);
  }

  private String csv(String statement) throws Exception {
    return csv(PondSql.over(pond), statement);
  }

  private String refusal(String statement) throws Exception {
    try {
      csv(statement);
    } catch (SqlRefusedException refused) {
      return String.valueOf(refused.getMessage());
    }
    throw new AssertionError("not refused: " + statement);
  }

  @Test
  void aTableIsItsNewestVersion() throws Exception {
    assertThat(csv("select * from \"/d/ducks\" order by name"))
        .isEqualTo("name,weight\nann,\nbob,\ncarl,1.5\n");
    assertThat(csv("select upper(name) as n from \"/link\" where weight > 1"))
        .isEqualTo("n\nCARL\n");
  }

  @Test
  void aSeriesIsAllItsPieces() throws Exception {
    assertThat(csv("select * from \"/log\"")).isEqualTo("n,note\n1,\n2,two\n3,three\n");
  }

  @Test
  void dataFilesJoinWithTheTablesOfThePond() throws Exception {
    assertThat(
            csv(
                """
                select n.path, d.name from nodes n, "/d/ducks" d, "/log" l
                where n.path = '/d/ducks' and l.n = 3 and d.weight is not null
                """))
        .isEqualTo("path,name\n/d/ducks,carl\n");
  }

  @Test
  void presentAndPastStandInOneStatement() throws Exception {
    assertThat(
            csv(
                """
                select (select count(*) from "/d/ducks") as now,
                  (select count(*) from "/d/ducks" for system_time as of 2) as before_it,
                  (select count(*) from "/log" for system_time as of 2) as one,
                  (select count(*) from "/log") as three
                """))
        .isEqualTo("now,before_it,one,three\n3,2,1,3\n");
    assertThat(
            csv(
                """
                select present.name, past.name as old_name
                from "/d/ducks" present left join "/d/ducks" for system_time as of 2 as past
                  on present.name = past.name order by 1
                """))
        .isEqualTo("name,old_name\nann,ann\nbob,bob\ncarl,\n");
    assertThat(
            csv(
                """
                select name from "/d/ducks" except
                select name from "/d/ducks" for system_time as of 2
                """))
        .isEqualTo("name\ncarl\n");
  }

  @Test
  void thePastHasTheColumnsThatItHad() throws Exception {
    assertThat(csv("select * from \"/d/ducks\" for system_time as of 2"))
        .isEqualTo("name\nann\nbob\n");
    assertThat(csv(PondSql.over(pond, pond.asOf(2)), "select * from \"/log\"")).isEqualTo("n\n1\n");
    assertThat(refusal("select weight from \"/d/ducks\" for system_time as of 2"))
        .startsWith("column 'weight' not found");
    assertThat(refusal("select * from \"/log\" for system_time as of 1"))
        .startsWith("table '/log' not found");
  }

  @Test
  void thePastOfThePondsOwnTablesIsToBeHadToo() throws Exception {
    String times = csv("select timestamp_micros from transactions where txn_seq = 2");
    long micros = Long.parseLong(times.lines().toList().get(1));
    String then = Instant.EPOCH.plusNanos(micros * 1000).toString();

    assertThat(
            csv(
                "select max(t.txn_seq) as was, max(u.txn_seq) as is_now"
                    + " from transactions for system_time as of timestamp '"
                    + then
                    + "' as t, transactions as u"))
        .isEqualTo("was,is_now\n2,3\n");
    assertThat(csv("select count(*) n from nodes for system_time as of 1")).isEqualTo("n\n1\n");
    assertThat(csv("select nodes.path from nodes for system_time as of 1")).isEqualTo("path\n/\n");
  }

  @Test
  void refusesATimeWithoutAState() throws Exception {
    assertThat(refusal("select *\nfrom nodes for system_time as of 99"))
        .isEqualTo(
            """
            transaction 99: there is none; the newest is 3
              2 | from nodes for system_time as of 99
                                                   ^^\
            """);
    assertThat(refusal("select * from nodes for system_time as of timestamp '1999-01-01 00:00:00'"))
        .contains("the pond is not that old");
    assertThat(refusal("select * from nodes for system_time as of current_timestamp"))
        .startsWith("AS OF takes a time or the number of a transaction as it is written");
  }

  @Test
  void whatIsPendingIsReadBeforeItsCommit() throws Exception {
    try (Transaction transaction = pond.begin()) {
      transaction.root().write("/d/ducks", table(NAMES, duck(NAMES, "zoe")));
      transaction.root().append("/log", table(NUMBERS, number(4)));
      PondSql pending = PondSql.over(pond, transaction);

      assertThat(csv(pending, "select * from \"/d/ducks\"")).isEqualTo("name\nzoe\n");
      assertThat(csv(pending, "select sum(n) s from \"/log\"")).isEqualTo("s\n10\n");
      assertThat(csv(pending, "select sum(n) s from \"/log\" for system_time as of 3"))
          .isEqualTo("s\n6\n");
      assertThat(csv("select sum(n) s from \"/log\"")).isEqualTo("s\n6\n");
    }
  }

  @Test
  void saysWhatIsNoTable() throws Exception {
    put("/bytes", InputStream.nullInputStream(), NodeType.SERIES);
    try (Transaction transaction = pond.begin()) {
      transaction.root().createDynamic("/made", "template", "{\"template\": \"text\"}");
      transaction.commit();
    }

    assertThat(refusal("select * from \"/notes.txt\""))
        .isEqualTo(
            """
            '/notes.txt' is a file, but no readable Parquet file: it does not begin with PAR1
              1 | select * from "/notes.txt"
                                ^^^^^^^^^^^^\
            """);
    assertThat(refusal("select * from \"/d\"")).startsWith("'/d' is a directory; tables, ");
    assertThat(refusal("select * from \"/bytes\"")).startsWith("'/bytes' is a series; tables, ");
    assertThat(refusal("select * from \"/made\""))
        .startsWith("'/made' is a dynamic-file; tables, ");
  }

  @Test
  void suggestsWhatWasMeant() throws Exception {
    assertThat(refusal("select * from \"/d/duks\""))
        .startsWith("table '/d/duks' not found; did you mean '/d/ducks'?\n");
    assertThat(refusal("select * from \"/e/ducks\""))
        .startsWith("table '/e/ducks' not found: there is no '/e'; did you mean '/d'?\n");
    assertThat(refusal("select * from \"/notes.txt/x\""))
        .startsWith("table '/notes.txt/x' not found: '/notes.txt' is no directory\n");
    assertThat(refusal("select wight from \"/d/ducks\""))
        .startsWith("column 'wight' not found; did you mean 'weight'?\n");
  }

  @Test
  void namesThatSqlCannotTellApartGetANumber() throws Exception {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required int32 A; required int32 a; required int32 part_id; }");
    Group row = new SimpleGroup(schema);
    row.add("A", 1);
    row.add("a", 2);
    row.add("part_id", 3);
    put("/letters", table(schema, row), NodeType.TABLE);

    assertThat(csv("select * from \"/letters\" where part_id = 3"))
        .isEqualTo("A,a_2,part_id\n1,2,3\n");
  }

  @Test
  void anEmptyTableHasNeitherColumnsNorRows() throws Exception {
    put("/empty", EmptyTable.content(), NodeType.TABLE);
    put("/none", EmptyTable.content(), NodeType.TABLE_SERIES);

    assertThat(csv("select count(*) as n from \"/empty\"")).isEqualTo("n\n0\n");
    assertThat(csv("select count(*) as n from \"/none\"")).isEqualTo("n\n0\n");
    assertThat(csv("select * from \"/empty\"")).isBlank();
  }

  @Test
  void nestedValuesAreJson() throws Exception {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            """
            message m {
              repeated int32 bare;
              optional group list (LIST) { repeated group array { optional int32 x; } }
              optional group deep { repeated group pair { required int32 a; optional int32 b; } }
            }\
            """);
    Group row = new SimpleGroup(schema);
    row.add("bare", 1);
    row.add("bare", 2);
    row.addGroup("list").addGroup("array").add("x", 7);
    row.addGroup("deep").addGroup("pair").add("a", 8);
    put("/nested", table(schema, row, new SimpleGroup(schema)), NodeType.TABLE);

    assertThat(csv("select * from \"/nested\""))
        .isEqualTo(
            """
            bare,list,deep
            "[1,2]","[{""x"":7}]","{""pair"":[{""a"":8,""b"":null}]}"
            [],,
            """);
    assertThat(csv("select json_value(deep, '$.pair[0].a') a from \"/nested\" where deep <> ''"))
        .isEqualTo("a\n8\n");
  }

  @Test
  void jdbcKnowsTheTypesAndSeesEachNewVersion() throws Exception {
    String url = PondDriver.PREFIX + pond.directory();
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement ducks =
            connection.prepareStatement("select name, weight from \"/d/ducks\"")) {
      assertThat(count(ducks)).isEqualTo(3);
      ResultSetMetaData columns = ducks.getMetaData();
      assertThat(columns.getColumnTypeName(1)).isEqualTo("VARCHAR");
      assertThat(columns.isNullable(1)).isEqualTo(ResultSetMetaData.columnNoNulls);
      assertThat(columns.getColumnTypeName(2)).isEqualTo("DOUBLE");
      assertThat(columns.isNullable(2)).isEqualTo(ResultSetMetaData.columnNullable);

      try (Transaction transaction = pond.begin()) {
        transaction.root().write("/d/ducks", table(DUCKS, duck(DUCKS, "dora")));
        transaction.commit();
        assertThat(count(ducks)).isEqualTo(1);
        transaction.root().write("/d/ducks", table(NUMBERS, number(1)));
        transaction.commit();
      }

      assertThatThrownBy(() -> count(ducks))
          .isInstanceOf(SQLException.class)
          .hasStackTraceContaining(
              "/d/ducks: its column 'name' has changed since the statement was prepared");
    }
  }

  private static long count(PreparedStatement statement) throws SQLException {
    long count = 0;
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        count++;
      }
    }
    return count;
  }

  @Test
  void aFlippedByteIsDamageAndNoRows() throws Exception {
    MessageType schema = NUMBERS;
    Random random = new Random(1);
    List<Group> rows = new ArrayList<>();
    for (int i = 0; i < 400_000; i++) {
      rows.add(number(random.nextLong()));
    }
    put(
        "/d/big",
        new ByteArrayInputStream(
            ParquetBytes.of(
                schema,
                rows,
                new ParquetBytes.Style(
                    CompressionCodecName.UNCOMPRESSED,
                    WriterVersion.PARQUET_1_0,
                    false,
                    1_000_000,
                    20_000))),
        NodeType.TABLE);
    assertThat(csv("select count(n) as c from \"/d/big\"")).isEqualTo("c\n400000\n");

    flip(1_500_000);

    assertThatThrownBy(() -> csv("select n from \"/d/big\" where n = 0"))
        .isInstanceOf(DamageException.class)
        .hasMessageContaining("/d/big: damaged: block 1 ");
    assertThat(csv("select count(*) as c from \"/d/big\"")).isEqualTo("c\n400000\n");
  }

  /** Changes a byte of the one large content. */
  private void flip(long position) throws IOException {
    Path largest;
    try (Stream<Path> files = Files.walk(pond.directory().resolve("contents"))) {
      largest =
          files
              .filter(Files::isRegularFile)
              .max(Comparator.comparingLong(file -> file.toFile().length()))
              .orElseThrow();
    }
    assertThat(largest.toFile().setWritable(true)).isTrue();
    try (RandomAccessFile file = new RandomAccessFile(largest.toFile(), "rw")) {
      file.seek(position);
      int before = file.read();
      file.seek(position);
      file.write(before ^ 1);
    }
  }

  @Test
  void pagesThatMakeNoSenseAreRefusedWithThePath() throws Exception {
    byte[] whole = ParquetBytes.of(NUMBERS, List.of(number(1), number(2), number(3)));
    int footer = Byte.toUnsignedInt(whole[whole.length - 8]) + 256 * whole[whole.length - 7];
    Arrays.fill(whole, 4, whole.length - 8 - footer, (byte) 0xEE);
    put("/nonsense", new ByteArrayInputStream(whole), NodeType.FILE);

    assertThatThrownBy(() -> csv("select * from \"/nonsense\""))
        .isInstanceOf(FileSystemException.class)
        .hasMessageStartingWith("/nonsense: is no readable Parquet file: ");
  }
}
