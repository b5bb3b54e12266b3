package io.duckpond.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** SQL that nobody would write: statements that make sense with some words changed, or none. */
final class RandomSql {
  private static final List<String> QUERIES =
      List.of(
          "select path, size from nodes where size > 3 order by size desc limit 5",
          "select n.path, count(*) as c from nodes n join directory_entries d on d.child_node_id ="
              + " n.node_id group by n.path having count(*) > 1",
          "select * from transactions where txn_seq between 1 and 3",
          "with t as (select part_id, sum(version) over (partition by part_id) s from records)"
              + " select distinct s from t",
          "select upper(path) || '-' || cast(size as varchar) from nodes where path like '/d%'",
          "select case when size is null then -1 else size / 2 end from nodes union all select 1",
          "explain plan for select * from oplog_entries where part_id = 'x'",
          "select timestamp '2026-01-01 00:00:00' + interval '1' day, array[1, 2][1], x'00ff'");

  private static final String[] TOKENS = {
    "select",
    "from",
    "where",
    "nodes",
    "records",
    "transactions",
    "oplog_entries",
    "group by",
    "order by",
    "limit",
    "union",
    "join",
    "on",
    "(",
    ")",
    ",",
    "*",
    "+",
    "-",
    "/",
    "%",
    "=",
    "<>",
    "'",
    "''",
    "\"",
    "`",
    ".",
    ";",
    "--",
    "/*",
    "*/",
    "null",
    "true",
    "1",
    "0",
    "-1",
    "1e400",
    "99999999999999999999",
    "9223372036854775807",
    "cast",
    "as",
    "integer",
    "varchar",
    "binary",
    "date '2026-02-30'",
    "interval",
    "x'0'",
    "u&'\\d800'",
    "?",
    ":a",
    "{fn now()}",
    "values",
    "lateral",
    "unnest",
    "match_recognize",
    "pivot",
    "tablesample",
    "delete",
    "insert into",
    "create table",
    "drop",
    "update",
    "set",
    "call",
    "describe",
    "over",
    "count",
    "sum",
    "path",
    "size",
    "content",
    "repeat('x', 100)",
    "1/0",
    "ln(0)",
    "substring",
    "\u0000",
    "\ud83d\ude00",
    "ä",
    "\t",
    "\n",
    "information_schema.tables",
    "metadata.tables",
    "exists",
    "in",
    "any",
    "all"
  };

  private RandomSql() {}

  static String statement(Random random) {
    if (random.nextInt(4) == 0) {
      StringBuilder text = new StringBuilder("select ");
      for (int i = random.nextInt(30); i >= 0; i--) {
        text.append(token(random)).append(random.nextInt(5) == 0 ? "" : " ");
      }
      return text.toString();
    }
    List<String> words = new ArrayList<>(List.of(query(random).split("(?<=\\W)|(?=\\W)")));
    for (int changes = random.nextInt(4); changes > 0 && !words.isEmpty(); changes--) {
      int at = random.nextInt(words.size());
      switch (random.nextInt(5)) {
        case 0 -> words.remove(at);
        case 1 -> words.add(at, token(random));
        case 2 -> words.set(at, token(random));
        case 3 -> words.set(at, words.get(random.nextInt(words.size())));
        default -> words.addAll(at, List.of(query(random).split("(?<=\\W)|(?=\\W)")));
      }
    }
    return String.join("", words);
  }

  private static String query(Random random) {
    return QUERIES.get(random.nextInt(QUERIES.size()));
  }

  private static String token(Random random) {
    return TOKENS[random.nextInt(TOKENS.length)];
  }
}
