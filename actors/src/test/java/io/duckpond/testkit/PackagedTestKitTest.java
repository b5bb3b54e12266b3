package io.duckpond.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The jar of classifier {@code testkit}: what the build puts into it is all that the kit needs. */
final class PackagedTestKitTest {
  private static final Pattern INCLUDE = Pattern.compile("<include>(.*)</include>");

  /** Finds of the compiled tests only what is packaged. */
  private static final class PackagedClasses extends ClassLoader {
    private final URI tests = locationOf(PackagedTestKitTest.class);
    private final List<PathMatcher> packaged;

    PackagedClasses(List<PathMatcher> packaged) {
      super(PackagedTestKitTest.class.getClassLoader());
      this.packaged = packaged;
    }

    private static URI locationOf(Class<?> type) {
      return URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Path file = Path.of(name.replace('.', '/') + ".class");
        if (!Files.exists(Path.of(tests).resolve(file))) {
          return super.loadClass(name, resolve);
        }
        if (packaged.stream().noneMatch(include -> include.matches(file))) {
          throw new ClassNotFoundException(name + " is not packaged");
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name, Path.of(tests).resolve(file)) : loaded;
      }
    }

    private Class<?> define(String name, Path file) throws ClassNotFoundException {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  private static List<PathMatcher> includes() throws IOException {
    List<PathMatcher> includes = new ArrayList<>();
    Matcher matcher = INCLUDE.matcher(Files.readString(Path.of("pom.xml")));
    while (matcher.find()) {
      includes.add(FileSystems.getDefault().getPathMatcher("glob:" + matcher.group(1)));
    }
    return includes;
  }

  @Test
  void theKitRunsWithThePackagedClassesAlone() throws Exception {
    ClassLoader jar = new PackagedClasses(includes());
    Class<?> kitClass = jar.loadClass("io.duckpond.testkit.PondTestKit");
    assertThat(kitClass).isNotSameAs(PondTestKit.class);
    assertThat(jar.loadClass("io.duckpond.testkit.PondExtension").getConstructor().newInstance())
        .isNotNull();

    try (AutoCloseable kit = (AutoCloseable) kitClass.getConstructor().newInstance()) {
      call(kit, "put", "/a/b", "kept");
      call(kit, "restart");
      call(kit, "kill");
      call(kit, "actors");

      assertThat(call(kit, "text", "/a/b")).isEqualTo("kept");
    }
    assertThatThrownBy(() -> jar.loadClass(PackagedTestKitTest.class.getName()))
        .hasMessage(PackagedTestKitTest.class.getName() + " is not packaged");
  }

  private static Object call(Object kit, String name, String... arguments) throws Exception {
    Class<?>[] types = new Class<?>[arguments.length];
    Arrays.fill(types, String.class);
    Method method = kit.getClass().getMethod(name, types);
    return method.invoke(kit, (Object[]) arguments);
  }
}
