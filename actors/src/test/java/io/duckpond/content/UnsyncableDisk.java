package io.duckpond.content;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskWriter;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A disk that, while it is failing, writes files but cannot sync them. */
final class UnsyncableDisk {
  private final Disk real;
  boolean failing;

  UnsyncableDisk(Disk real) {
    this.real = real;
  }

  Disk asDisk() {
    return decorated(
        Disk.class,
        (proxy, method, arguments) -> {
          Object result = call(real, method, arguments);
          return result instanceof DiskWriter writer ? decorated(writer) : result;
        });
  }

  private DiskWriter decorated(DiskWriter writer) {
    return decorated(
        DiskWriter.class,
        (proxy, method, arguments) -> {
          if (failing && method.getName().equals("sync")) {
            throw new IOException("no sync today");
          }
          return call(writer, method, arguments);
        });
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T decorated(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
