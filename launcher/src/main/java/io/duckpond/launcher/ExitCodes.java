package io.duckpond.launcher;

/** What the command's exit codes mean; scripts depend on them. */
public final class ExitCodes {

  /** Done. */
  public static final int OK = 0;

  /** The answer is no: nothing is wrong, and nothing was changed. */
  public static final int REFUSED = 1;

  /** The command line makes no sense. */
  public static final int USAGE = 2;

  /** Stored data is damaged. */
  public static final int DAMAGE = 65;

  /** A bug of ours. */
  public static final int FAULT = 70;

  /** The environment failed: disk, lock, permissions. */
  public static final int FAILURE = 75;

  /** Ctrl-C. */
  public static final int INTERRUPTED = 130;

  private ExitCodes() {}
}
