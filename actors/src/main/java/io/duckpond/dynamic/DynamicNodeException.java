package io.duckpond.dynamic;

import java.io.IOException;

/** A dynamic node cannot be read: its factory is not there, or failed. Names path and factory. */
public final class DynamicNodeException extends IOException {
  private static final long serialVersionUID = 1L;

  /** For the node at {@code path}. */
  public DynamicNodeException(String path, String factory, String what) {
    super(path + ": factory '" + factory + "' " + what);
  }

  /** The same with the cause. */
  public DynamicNodeException(String path, String factory, Throwable cause) {
    super(path + ": factory '" + factory + "' failed: " + words(cause), cause);
  }

  private static String words(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
