package io.duckpond.protocol;

import io.duckpond.protocol.PondProtocol.Command;
import io.duckpond.protocol.PondProtocol.Transact;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.util.ByteString;

/** What services.md shows: a report is published, and what came of it said in a line. */
final class ProtocolExample {
  private ProtocolExample() {}

  static CompletionStage<String> publish(
      ActorSystem<?> system, ActorRef<Command> pond, String report) {
    List<Change> changes =
        List.of(
            new Change.MakeDirectories("/reports"),
            new Change.Create("/reports/november", ByteString.fromString(report)));
    CompletionStage<Answer<Payload.Committed>> answer =
        AskPattern.ask(
            pond,
            replyTo -> new Transact(changes, 3, "a report", "", replyTo),
            Duration.ofSeconds(10),
            system.scheduler());
    return answer.thenApply(ProtocolExample::inWords);
  }

  private static String inWords(Answer<Payload.Committed> answer) {
    if (answer instanceof Answer.Value<Payload.Committed> done) {
      return "transaction " + done.value().txnSeq() + " is durable";
    }
    if (answer instanceof Answer.Refused<Payload.Committed> refused) {
      return refused.path() + ": " + refused.reason(); // /reports/november: exists already
    }
    return ((Answer.Failed<Payload.Committed>) answer).message();
  }
}
