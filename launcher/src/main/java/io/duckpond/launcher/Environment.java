package io.duckpond.launcher;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The world around one run of the command, so that a test, the shell and the tour can give it
 * another one.
 *
 * @param terminals which of the streams are terminals
 * @param variables environment variables
 * @param configuration read when a pond is first opened
 * @param zone in which times are shown
 */
public record Environment(
    InputStream in,
    OutputStream out,
    OutputStream err,
    Set<Stream> terminals,
    Map<String, String> variables,
    Supplier<Config> configuration,
    ZoneId zone) {

  /** The three standard streams. */
  public enum Stream {
    IN,
    OUT,
    ERR
  }

  public Environment {
    terminals = Set.copyOf(terminals);
    variables = Map.copyOf(variables);
  }

  /** Returns the world of this process. */
  public static Environment ofProcess() {
    return new Environment(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        terminalsOf(System.getProperty("launcher.terminals", "")),
        System.getenv(),
        ConfigFactory::load,
        ZoneId.systemDefault());
  }

  /** Returns whether a stream is a terminal. */
  public boolean isTerminal(Stream stream) {
    return terminals.contains(stream);
  }

  /** The same world with other environment variables. */
  public Environment withVariables(Map<String, String> others) {
    return new Environment(in, out, err, terminals, others, configuration, zone);
  }

  /** The same world with another standard input, no terminal. */
  public Environment withInput(InputStream other) {
    Set<Stream> left = EnumSet.noneOf(Stream.class);
    terminals.stream().filter(stream -> stream != Stream.IN).forEach(left::add);
    return new Environment(other, out, err, left, variables, configuration, zone);
  }

  /** The same world whose standard output is its standard error. */
  Environment withResultsOnStandardError() {
    Set<Stream> same = EnumSet.noneOf(Stream.class);
    same.addAll(terminals);
    same.remove(Stream.OUT);
    if (isTerminal(Stream.ERR)) {
      same.add(Stream.OUT);
    }
    return new Environment(in, err, err, same, variables, configuration, zone);
  }

  // Java cannot ask whether a descriptor is a terminal; bin/pond can, and says which are.
  private static Set<Stream> terminalsOf(String descriptors) {
    Set<Stream> found = EnumSet.noneOf(Stream.class);
    for (Stream stream : Stream.values()) {
      if (descriptors.indexOf('0' + stream.ordinal()) >= 0) {
        found.add(stream);
      }
    }
    return found;
  }
}
