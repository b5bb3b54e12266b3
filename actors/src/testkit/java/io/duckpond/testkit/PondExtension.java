package io.duckpond.testkit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.duckpond.Pond;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives JUnit 5 tests a {@link PondTestKit}, its {@link Pond} or its {@link ActorTestKit} as
 * parameters.
 *
 * <pre>{@code
 * @ExtendWith(PondExtension.class)
 * final class ReportsTest {
 *   @Test
 *   void reportsOutliveARestart(PondTestKit kit) { … }
 * }
 * }</pre>
 *
 * Each test has a pond of its own, which is closed after it. If the class asks for one where it
 * belongs to all tests ({@code @BeforeAll}, the constructor of a test instance per class), they
 * share that one. {@code @RegisterExtension} takes one with a configuration.
 */
public final class PondExtension implements ParameterResolver {
  private static final Namespace KITS = Namespace.create(PondExtension.class);

  private final Config overrides;

  /** Gives ponds with the settings of the class path's configuration. */
  public PondExtension() {
    this(ConfigFactory.empty());
  }

  /**
   * Gives ponds with other settings.
   *
   * @param overrides as of {@link PondTestKit#PondTestKit(Config)}
   */
  public PondExtension(Config overrides) {
    this.overrides = overrides;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == PondTestKit.class || type == Pond.class || type == ActorTestKit.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    PondTestKit kit = kit(context);
    Class<?> type = parameter.getParameter().getType();
    if (type == Pond.class) {
      return kit.pond();
    }
    return type == ActorTestKit.class ? kit.actors() : kit;
  }

  private PondTestKit kit(ExtensionContext context) {
    return context
        .getStore(KITS)
        .getOrComputeIfAbsent(
            PondTestKit.class, key -> new PondTestKit(overrides), PondTestKit.class);
  }
}
