package io.duckpond.query;

import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.apache.calcite.sql.parser.SqlParserImplFactory;
import org.apache.calcite.sql.parser.babel.SimpleCharStream;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImplTokenManager;
import org.apache.calcite.sql.parser.babel.Token;

/**
 * The parser of statements: Calcite's Babel, which takes nearly every word for a name, and which
 * here also takes {@code timestamp} for the column where it cannot be the beginning of a literal, a
 * call, or a type, EXPLAIN alone for EXPLAIN PLAN FOR, and TABLE x, which Calcite reads but cannot
 * answer, for SELECT * FROM x.
 */
final class PondParser {

  /** Makes parsers. */
  static final SqlParserImplFactory FACTORY = PondParser::parser;

  private PondParser() {}

  private static SqlBabelParserImpl parser(Reader sql) {
    SqlBabelParserImpl parser = (SqlBabelParserImpl) SqlBabelParserImpl.FACTORY.getParser(sql);
    parser.token_source = new Tokens(parser.token_source);
    return parser;
  }

  /** Hands out another's tokens, having looked at the one before and the one after. */
  private static final class Tokens extends SqlBabelParserImplTokenManager {

    /** What follows TIMESTAMP the keyword: a literal's text, a precision or argument, a zone. */
    private static final Set<Integer> AFTER_KEYWORD = Set.of(QUOTED_STRING, LPAREN, WITH, WITHOUT);

    /** What stands before TIMESTAMP the type. */
    private static final Set<Integer> BEFORE_TYPE = Set.of(AS, INFIX_CAST);

    /** What a query begins with. */
    private static final Set<Integer> QUERY = Set.of(SELECT, WITH, VALUES, LPAREN);

    private final SqlBabelParserImplTokenManager source;
    private final Deque<Token> ahead = new ArrayDeque<>();
    private Token before = new Token();

    Tokens(SqlBabelParserImplTokenManager source) {
      super(new SimpleCharStream(new StringReader("")));
      this.source = source;
    }

    @Override
    public Token getNextToken() {
      Token token = ahead.isEmpty() ? source.getNextToken() : ahead.remove();
      if (token.kind == TIMESTAMP && isName(peek())) {
        token.kind = IDENTIFIER;
      } else if (token.kind == EXPLAIN && QUERY.contains(peek().kind)) {
        ahead.addFirst(like(token, FOR, "for"));
        ahead.addFirst(like(token, PLAN, "plan"));
      } else if (token.kind == TABLE && before.kind == EOF) {
        token.kind = SELECT;
        ahead.addFirst(like(token, FROM, "from"));
        ahead.addFirst(like(token, STAR, "*"));
      }
      before = token;
      return token;
    }

    private Token peek() {
      if (ahead.isEmpty()) {
        ahead.add(source.getNextToken());
      }
      return ahead.element();
    }

    private boolean isName(Token next) {
      boolean alias = before.kind == AS && next.kind != RPAREN;
      return alias || (!AFTER_KEYWORD.contains(next.kind) && !BEFORE_TYPE.contains(before.kind));
    }

    private static Token like(Token token, int kind, String image) {
      Token made = Token.newToken(kind);
      made.kind = kind;
      made.image = image;
      made.beginLine = token.beginLine;
      made.beginColumn = token.beginColumn;
      made.endLine = token.endLine;
      made.endColumn = token.endColumn;
      return made;
    }

    @Override
    public void SwitchTo(int state) {
      source.SwitchTo(state);
    }
  }
}
