package io.duckpond;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PondSettingsTest {

  private static PondSettings with(String text) {
    Config config = ConfigFactory.parseString(text).withFallback(ConfigFactory.load());
    return PondSettings.from(config.resolve());
  }

  @Test
  void theDefaultsAreThoseOfReferenceConf() {
    PondSettings settings = PondSettings.load();

    assertThat(settings.inlineLimit()).isEqualTo(64 << 10);
    assertThat(settings.stagingThreshold()).isEqualTo(1 << 20);
    assertThat(settings.queueLimit()).isEqualTo(10_000);
    assertThat(settings.actorLimit()).isEqualTo(10_000);
    assertThat(settings.checkpointInterval()).isEqualTo(100);
    assertThat(settings.mergeFanIn()).isEqualTo(10);
    assertThat(settings.snapshots()).isEqualTo(new PondSettings.Snapshots(4, 64));
    assertThat(settings.lockWait()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.command()).isEqualTo("java");
  }

  @Test
  void everyKeyCanBeSet() {
    PondSettings settings =
        with(
            """
            pond.content.inline-limit = 1 KiB
            pond.transaction.staging-threshold = 2 KiB
            pond.transaction.queue-limit = 3
            pond.directory.actor-limit = 4
            pond.log.checkpoint-interval = 7
            pond.log.merge-fan-in = 12
            pond.snapshot.tail-files = 8
            pond.snapshot.tail-files-at-close = 9
            pond.lock.wait = 5 s
            pond.lock.command = six
            pond.system.pekko.loglevel = WARNING
            """);

    assertThat(settings.inlineLimit()).isEqualTo(1024);
    assertThat(settings.stagingThreshold()).isEqualTo(2048);
    assertThat(settings.queueLimit()).isEqualTo(3);
    assertThat(settings.actorLimit()).isEqualTo(4);
    assertThat(settings.checkpointInterval()).isEqualTo(7);
    assertThat(settings.mergeFanIn()).isEqualTo(12);
    assertThat(settings.snapshots()).isEqualTo(new PondSettings.Snapshots(8, 9));
    assertThat(settings.lockWait()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.command()).isEqualTo("six");
    assertThat(settings.system().getString("pekko.loglevel")).isEqualTo("WARNING");
  }

  @Test
  void anUnknownKeyIsRefusedByName() {
    assertThatThrownBy(() -> with("pond.content.inline-limt = 1"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("pond.content.inline-limt");
    assertThatThrownBy(() -> with("pond.colour = blue"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("pond.colour");
  }
}
