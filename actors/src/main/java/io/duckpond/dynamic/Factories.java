package io.duckpond.dynamic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** The factories on the class path. Any thread. */
public final class Factories {
  private Factories() {}

  /**
   * Returns the factory of a name. One that cannot be loaded is as good as not there, and hinders
   * none of the others.
   */
  public static Optional<DynamicFactory> find(String name) {
    return all().stream().filter(factory -> factory.name().equals(name)).findFirst();
  }

  /** Returns the names of all factories, sorted. */
  public static List<String> names() {
    TreeSet<String> names = new TreeSet<>();
    all().forEach(factory -> names.add(factory.name()));
    return List.copyOf(names);
  }

  private static List<DynamicFactory> all() {
    List<DynamicFactory> found = new ArrayList<>();
    List<ServiceLoader.Provider<DynamicFactory>> providers =
        ServiceLoader.load(DynamicFactory.class, Factories.class.getClassLoader()).stream()
            .toList();
    for (ServiceLoader.Provider<DynamicFactory> provider : providers) {
      load(provider).ifPresent(found::add);
    }
    return found;
  }

  private static Optional<DynamicFactory> load(ServiceLoader.Provider<DynamicFactory> provider) {
    try {
      return Optional.of(provider.get());
    } catch (ServiceConfigurationError broken) {
      return Optional.empty();
    }
  }
}
