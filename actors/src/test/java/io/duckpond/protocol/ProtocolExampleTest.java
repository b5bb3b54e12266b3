package io.duckpond.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.protocol.PondProtocol.Command;
import io.duckpond.testkit.PondExtension;
import io.duckpond.testkit.PondTestKit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PondExtension.class)
final class ProtocolExampleTest {
  private static final Path SOURCE =
      Path.of("src/test/java/io/duckpond/protocol/ProtocolExample.java");
  private static final Path PAGE = Path.of("docs/services.md");

  @Test
  void aReportIsPublishedOnce(PondTestKit kit) throws Exception {
    ActorSystem<?> system = kit.actors().system();
    ActorRef<Command> pond = kit.actors().spawn(PondService.of(kit.pond()), "pond");

    String first = publish(system, pond, "rain");
    String second = publish(system, pond, "fog");

    assertThat(first).isEqualTo("transaction 2 is durable");
    assertThat(second).isEqualTo("/reports/november: exists already");
    assertThat(kit.text("/reports/november")).isEqualTo("rain");
  }

  private static String publish(ActorSystem<?> system, ActorRef<Command> pond, String report)
      throws Exception {
    return ProtocolExample.publish(system, pond, report)
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  @Test
  void thePageShowsTheExampleAsItIs() throws Exception {
    String source = Files.readString(SOURCE);

    String shown =
        source.substring(source.indexOf("  static CompletionStage"), source.lastIndexOf('}'));

    assertThat(Files.readString(PAGE))
        .contains("```java\n" + shown.stripTrailing().stripIndent() + "\n```");
  }

  @Test
  void thePageNamesEveryMessage() throws Exception {
    String page = Files.readString(PAGE);

    List<Class<?>> all =
        Stream.of(PondProtocol.Command.class, Answer.class, Payload.class, Change.class)
            .flatMap(type -> Samples.records(type).stream())
            .toList();

    assertThat(all).hasSizeGreaterThan(20);
    assertThat(page).contains(names(all));
  }

  private static String[] names(List<Class<?>> types) {
    return Arrays.stream(types.toArray(Class<?>[]::new))
        .map(type -> "`" + type.getSimpleName() + "`")
        .toArray(String[]::new);
  }
}
