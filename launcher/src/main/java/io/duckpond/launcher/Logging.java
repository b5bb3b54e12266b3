package io.duckpond.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.LoggerFactory;

/**
 * Sets up the log: warnings on standard error, {@code -v} adds information. Found by Logback as a
 * service; in code because reading its XML costs a short command a tenth of a second.
 */
public final class Logging extends ContextAwareBase implements Configurator {

  /** For the service loader. */
  public Logging() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{1}: %msg%n%nopex");
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    // It warns of every table without a checkpoint, which every young pond is.
    context.getLogger("io.delta.kernel").setLevel(Level.ERROR);
    // It warns of every writer whose name it cannot read, and then does without its statistics.
    context.getLogger("org.apache.parquet").setLevel(Level.ERROR);
    // Pekko logs what ends a directory's actor; the caller of its transaction is told all the same.
    context.getLogger("io.duckpond.directory").setLevel(Level.OFF);
    context.getLogger("org.apache.pekko.actor.SupervisorStrategy").setLevel(Level.OFF);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Logs what an operator wants to know. */
  static void beVerbose() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
    }
  }
}
