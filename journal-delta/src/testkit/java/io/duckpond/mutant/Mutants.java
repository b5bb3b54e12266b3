package io.duckpond.mutant;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;

/** Runs what must catch mutants. */
public final class Mutants {
  private Mutants() {}

  /**
   * Runs a catcher on classes of its own, with {@code mutant} planted if there is one. Ends in an
   * {@link AssertionError} if the catcher fails, whatever it fails with; a mutant for which the
   * code has no place, or that does not fit there, is an {@link IllegalStateException}.
   *
   * @param catcher class and method, as in {@link Mutant#catcher}
   */
  public static void run(String catcher, Optional<Mutant> mutant, long seed)
      throws ReflectiveOperationException {
    MutatingLoader loader = new MutatingLoader(Mutants.class.getClassLoader(), mutant);
    loader.plant();
    int dot = catcher.lastIndexOf('.');
    Method run =
        loader
            .loadClass(catcher.substring(0, dot))
            .getDeclaredMethod(catcher.substring(dot + 1), long.class);
    run.setAccessible(true);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader); // by which Pekko finds the classes that settings name
    try {
      run.invoke(null, seed);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      for (Throwable each = cause; each != null; each = each.getCause()) {
        if (each instanceof LinkageError) {
          throw new IllegalStateException("badly planted: " + mutant, cause); // and so not caught
        }
      }
      throw cause instanceof AssertionError caught
          ? caught
          : new AssertionError(String.valueOf(cause), cause);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
