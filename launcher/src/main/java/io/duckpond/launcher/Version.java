package io.duckpond.launcher;

import io.duckpond.launcher.render.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which pond this is, as the build wrote it down. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {"pond " + number() + " (Java " + Runtime.version() + ")"};
  }

  /** Returns the same as JSON. */
  static JsonObject json() throws IOException {
    return new JsonObject().put("version", number()).put("java", Runtime.version().toString());
  }

  private static String number() throws IOException {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
      if (in == null) {
        throw new IllegalStateException("build.properties is not on the class path");
      }
      build.load(in);
    }
    return build.getProperty("version");
  }
}
