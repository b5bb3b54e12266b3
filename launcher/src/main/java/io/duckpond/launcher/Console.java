package io.duckpond.launcher;

import io.duckpond.launcher.render.JsonObject;
import io.duckpond.launcher.render.Names;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a verb prints: results on standard output, everything else on standard error. Names are raw
 * when piped and escaped on a terminal. For one thread, but for {@link #transientLine}.
 */
public final class Console {

  /** How much is said on standard error. */
  public enum Chatter {
    QUIET,
    NORMAL
  }

  private final Environment environment;
  private final StandardOutput out;
  private final Names names;
  private Chatter chatter = Chatter.NORMAL;
  private boolean transientShown;

  Console(Environment environment) {
    this.environment = environment;
    this.out = new StandardOutput(environment.out());
    this.names = environment.isTerminal(Environment.Stream.OUT) ? Names.ESCAPED : Names.RAW;
  }

  /** Returns a console whose results, too, go to standard error: for what is no result here. */
  public Console onStandardError() {
    return new Console(environment.withResultsOnStandardError());
  }

  void setChatter(Chatter chosen) {
    chatter = chosen;
  }

  /** Returns standard output, for content. */
  public OutputStream bytes() {
    return out;
  }

  /** Returns standard output, for text; the caller flushes it. */
  public PrintWriter writer() {
    return new PrintWriter(out, false, StandardCharsets.UTF_8);
  }

  /** Returns how names are to be shown on standard output. */
  public Names names() {
    return names;
  }

  /** Prints one line of a result. */
  public void line(String text) {
    print(text);
    out.write('\n');
  }

  /** Prints an object of a result, one line, the same on terminals and elsewhere. */
  public void json(JsonObject object) {
    line(object.toString());
  }

  /** Prints part of a result. */
  public void print(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, bytes.length);
  }

  /** Says something that is no result; nothing under {@code -q}. */
  public void note(String text) {
    if (chatter != Chatter.QUIET) {
      complain(text);
    }
  }

  /** Says that something was passed over, in one line. */
  public void warn(String text) {
    complain("pond: warning: " + oneLine(text));
  }

  /** Tells the user what went wrong and returns the exit code of that. */
  public int complain(Complaint complaint) {
    try {
      String subject = complaint.subject().isEmpty() ? "" : oneLine(complaint.subject()) + ": ";
      complain("pond: " + subject + oneLine(complaint.what()));
      if (environment.isTerminal(Environment.Stream.ERR)) {
        complaint.details().forEach(line -> complain(Names.escape(line)));
      }
      complaint.hint().ifPresent(hint -> complain("hint: " + oneLine(hint)));
    } catch (ClosedPipeException nobodyReads) {
      return complaint.exitCode();
    }
    return complaint.exitCode();
  }

  /** Asks for the next line. */
  void prompt(String text) {
    flush();
    toError(text);
  }

  /** Says something on standard error, whatever was asked. */
  public synchronized void complain(String text) {
    flush();
    toError((transientShown ? "\r\033[K" : "") + text + "\n");
    transientShown = false;
  }

  /** Shows a line that the next one replaces; nothing if standard error is no terminal. */
  public synchronized void transientLine(String text) {
    if (showsProgress()) {
      toError("\r" + text + "\033[K");
      transientShown = !text.isEmpty();
    }
  }

  /** Returns whether {@link #transientLine} shows anything. */
  public boolean showsProgress() {
    return chatter != Chatter.QUIET && environment.isTerminal(Environment.Stream.ERR);
  }

  /** Hands on what was printed. */
  public void flush() {
    out.flush();
  }

  // It may hold a path, which may hold anything, or one whose odd bytes are shown escaped already.
  private static String oneLine(String text) {
    return Names.escape(text).replace("\\\\", "\\");
  }

  private void toError(String text) {
    try {
      environment.err().write(text.getBytes(StandardCharsets.UTF_8));
      environment.err().flush();
    } catch (IOException nobodyListens) {
      // There is no third stream to complain on, and the exit code still says what happened.
      return;
    }
  }
}
