package io.duckpond.launcher;

/** Starts the {@code pond} command. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("hello " + String.join(",", args));
  }
}
