package io.duckpond.protocol;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;

/** Makes values of all records of sealed types, so that no new one can be forgotten. */
final class Samples {
  private static final String TEXT = "/a\nü🦆\u202e\"\\";

  private final ActorRef<?> somebody;

  Samples(ActorRef<?> somebody) {
    this.somebody = somebody;
  }

  /** Returns the records of a sealed type and of the sealed types that it permits. */
  static List<Class<?>> records(Class<?> type) {
    if (type.isRecord()) {
      return List.of(type);
    }
    if (!type.isSealed()) {
      throw new AssertionError(type + " is neither sealed nor a record");
    }
    return Arrays.stream(type.getPermittedSubclasses())
        .flatMap(each -> records(each).stream())
        .toList();
  }

  /**
   * Returns values of all its records: of each one that is full and one with all that may be empty.
   */
  List<Object> all(Type type) {
    List<Object> values = new ArrayList<>();
    for (Class<?> each : records(raw(type))) {
      values.addAll(of(each));
    }
    return values;
  }

  /** Returns at least one value with a value of each record in every component. */
  private List<Object> of(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<List<Object>> choices = new ArrayList<>();
    int most = 0;
    for (RecordComponent component : components) {
      List<Object> values = values(component.getGenericType());
      choices.add(values);
      most = Math.max(most, values.size());
    }
    List<Object> made = new ArrayList<>();
    for (int i = 0; i < Math.max(1, most); i++) {
      Object[] arguments = new Object[components.length];
      for (int j = 0; j < components.length; j++) {
        arguments[j] = choices.get(j).get(i % choices.get(j).size());
      }
      made.add(make(type, components, arguments));
    }
    return made;
  }

  private static Object make(Class<?> type, RecordComponent[] components, Object[] arguments) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(type + " is not made of " + Arrays.toString(arguments), e);
    }
  }

  private static Class<?> raw(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      return (Class<?>) parameterized.getRawType();
    }
    return type instanceof TypeVariable<?> variable
        ? raw(variable.getBounds()[0])
        : (Class<?>) type;
  }

  private List<Object> values(Type type) {
    Class<?> raw = raw(type);
    if (raw == String.class) {
      return List.of(TEXT, "");
    }
    if (raw == int.class) {
      return List.of(1, 300);
    }
    if (raw == long.class) {
      return List.of(Long.MAX_VALUE / 2, 0L);
    }
    if (raw == OptionalLong.class) {
      return List.of(OptionalLong.of(Long.MAX_VALUE), OptionalLong.empty());
    }
    if (raw == Instant.class) {
      return List.of(Instant.parse("2026-03-04T05:06:07.008009Z"));
    }
    if (raw == ByteString.class) {
      return List.of(
          ByteString.fromArray(new byte[] {0, -1, 127, 10}), ByteString.emptyByteString());
    }
    if (raw == ActorRef.class) {
      return List.of(somebody);
    }
    if (raw.isEnum()) {
      return List.of(raw.getEnumConstants());
    }
    if (raw == Optional.class) {
      return List.of(Optional.of(values(argument(type)).get(0)), Optional.empty());
    }
    if (raw == List.class) {
      return List.of(values(argument(type)), List.of());
    }
    return all(type);
  }

  private static Type argument(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }
}
