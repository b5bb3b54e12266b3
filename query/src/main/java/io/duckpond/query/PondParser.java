package io.duckpond.query;

import java.io.Reader;
import java.io.StringReader;
import java.util.Set;
import org.apache.calcite.sql.parser.SqlParserImplFactory;
import org.apache.calcite.sql.parser.babel.SimpleCharStream;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImplTokenManager;
import org.apache.calcite.sql.parser.babel.Token;

/**
 * The parser of statements: Calcite's Babel, which takes nearly every word for a name, and which
 * here also takes {@code timestamp} for the column where it cannot be the beginning of a literal, a
 * call, or a type.
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
    private static final Set<Integer> AFTER_KEYWORD =
        Set.of(
            SqlBabelParserImplConstants.QUOTED_STRING,
            SqlBabelParserImplConstants.LPAREN,
            SqlBabelParserImplConstants.WITH,
            SqlBabelParserImplConstants.WITHOUT);

    /** What stands before TIMESTAMP the type. */
    private static final Set<Integer> BEFORE_TYPE =
        Set.of(SqlBabelParserImplConstants.AS, SqlBabelParserImplConstants.INFIX_CAST);

    private final SqlBabelParserImplTokenManager source;
    private Token before = new Token();
    private Token next = new Token();
    private boolean ahead;

    Tokens(SqlBabelParserImplTokenManager source) {
      super(new SimpleCharStream(new StringReader("")));
      this.source = source;
    }

    @Override
    public Token getNextToken() {
      Token token = ahead ? next : source.getNextToken();
      ahead = false;
      if (token.kind == SqlBabelParserImplConstants.TIMESTAMP) {
        next = source.getNextToken();
        ahead = true;
        if (isName()) {
          token.kind = SqlBabelParserImplConstants.IDENTIFIER;
        }
      }
      before = token;
      return token;
    }

    private boolean isName() {
      boolean alias =
          before.kind == SqlBabelParserImplConstants.AS
              && next.kind != SqlBabelParserImplConstants.RPAREN;
      return alias || !AFTER_KEYWORD.contains(next.kind) && !BEFORE_TYPE.contains(before.kind);
    }

    @Override
    public void SwitchTo(int state) {
      source.SwitchTo(state);
    }
  }
}
