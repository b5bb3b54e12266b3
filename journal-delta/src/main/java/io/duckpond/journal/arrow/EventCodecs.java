package io.duckpond.journal.arrow;

import java.lang.reflect.Constructor;
import org.apache.pekko.actor.ExtendedActorSystem;

/** Codecs that a configuration names. */
public final class EventCodecs {
  private EventCodecs() {}

  /** Returns a codec of a class, made from the system if it has a constructor that takes one. */
  public static EventCodec named(String className, ExtendedActorSystem system)
      throws ReflectiveOperationException {
    Class<?> type = system.dynamicAccess().classLoader().loadClass(className);
    if (!EventCodec.class.isAssignableFrom(type)) {
      throw new IllegalArgumentException(className + " is no " + EventCodec.class.getName());
    }
    for (Constructor<?> constructor : type.getConstructors()) {
      Class<?>[] parameters = constructor.getParameterTypes();
      if (parameters.length == 1 && parameters[0].isInstance(system)) {
        return (EventCodec) constructor.newInstance(system);
      }
    }
    return (EventCodec) type.getConstructor().newInstance();
  }
}
