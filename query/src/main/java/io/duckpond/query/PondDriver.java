package io.duckpond.query;

import io.duckpond.Pond;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.DriverVersion;
import org.apache.calcite.avatica.Handler;
import org.apache.calcite.avatica.HandlerImpl;
import org.apache.calcite.jdbc.CalciteFactory;
import org.apache.calcite.jdbc.CalcitePrepare;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.jdbc.Driver;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC driver of {@code jdbc:pond:/path/of/the/pond}: its tables, for reading. A connection
 * sees at every statement the newest state, other processes' commits included; it opens the pond
 * and closes it. It takes no properties, for those of Calcite could name classes to load.
 */
public final class PondDriver extends Driver {

  /** What the address of a pond begins with. */
  public static final String PREFIX = "jdbc:pond:";

  /** The name of the schema that a connection begins in. */
  static final String SCHEMA = "pond";

  private static final Set<String> IGNORED = Set.of("user", "password");

  // Static, since the superclass asks for the handler before our own fields are set.
  private static final Map<Connection, Pond> OPEN = new ConcurrentHashMap<>();

  static {
    new PondDriver().register();
  }

  /** For {@link java.util.ServiceLoader}. */
  public PondDriver() {}

  @Override
  public @Nullable Connection connect(String url, Properties info) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    for (String name : info.stringPropertyNames()) {
      if (!IGNORED.contains(name)) {
        throw new SqlRefusedException(PREFIX + " takes no property '" + name + "'", "");
      }
    }
    Pond pond = open(url.substring(PREFIX.length()));
    Connection connection = connect(new CommittedState(pond));
    OPEN.put(connection, pond);
    return connection;
  }

  private static Pond open(String path) throws SQLException {
    try {
      return Pond.open(Path.of(path));
    } catch (IOException | InvalidPathException e) {
      throw new SQLException("cannot open the pond '" + path + "': " + e.getMessage(), e);
    }
  }

  /** Returns a connection over any source; closing it closes nothing else. */
  Connection connect(PondSource source) throws SQLException {
    return connect(new PondSchema(source));
  }

  /** Returns a connection over tables. */
  Connection connect(PondSchema tables) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("caseSensitive", "false");
    settings.setProperty("unquotedCasing", "UNCHANGED");
    settings.setProperty("quotedCasing", "UNCHANGED");
    settings.setProperty("quoting", "DOUBLE_QUOTE");
    settings.setProperty("conformance", "LENIENT");
    settings.setProperty("timeZone", "UTC");
    // Who asks for the largest files does not mean the directories, which have no size.
    settings.setProperty("defaultNullCollation", "LAST");
    settings.setProperty("materializationsEnabled", "false");
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    root.add(SCHEMA, tables);
    AvaticaConnection connection =
        ((CalciteFactory) factory)
            .newConnection(this, factory, PREFIX, settings, root, new PondTypes());
    connection.setSchema(SCHEMA);
    handler.onConnectionInit(connection);
    return connection;
  }

  @Override
  public CalcitePrepare createPrepare() {
    return new PondPrepare();
  }

  @Override
  protected String getConnectStringPrefix() {
    return PREFIX;
  }

  @Override
  protected DriverVersion createDriverVersion() {
    return new DriverVersion("pond JDBC driver", "0.1.0", "pond", "0.1.0", false, 0, 1, 0, 1);
  }

  @Override
  protected Handler createHandler() {
    return new HandlerImpl() {
      @Override
      public void onConnectionClose(AvaticaConnection connection) {
        Pond pond = OPEN.remove(connection);
        if (pond != null) {
          pond.close();
        }
      }
    };
  }
}
