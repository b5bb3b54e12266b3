package io.duckpond.launcher;

import io.duckpond.CommitInfo;
import io.duckpond.CommitResult;
import io.duckpond.Pond;
import io.duckpond.PondView;
import io.duckpond.Transaction;
import io.duckpond.WorkingDirectory;
import io.duckpond.transaction.Savepoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The shell's pond: one workspace is always open, and changes stay in it until they are synced. */
public final class SharedSession implements PondSession {
  private static final int MOST_COMMANDS = 20;

  private final Pond pond;
  private Transaction transaction;
  private final List<String> commands = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();
  private long changes;
  private String running = "";

  SharedSession(Pond pond) throws IOException {
    this.pond = pond;
    this.transaction = pond.begin();
  }

  @Override
  public Pond pond() {
    return pond;
  }

  /** Returns the workspace. */
  public Transaction transaction() {
    return transaction;
  }

  /** Says which verb runs next, for the log. */
  void running(String commandText) {
    running = commandText;
  }

  @Override
  public WorkingDirectory root() {
    return transaction.root();
  }

  @Override
  public PondView view() throws IOException {
    return pond.view();
  }

  @Override
  public List<String> pending() {
    return transaction.dirty();
  }

  @Override
  public Optional<CommitResult> change(String message, Change change) throws IOException {
    wholly(change);
    changes++;
    if (commands.size() < MOST_COMMANDS) {
      commands.add(running);
    }
    if (!message.isEmpty()) {
      messages.add(message);
    }
    return Optional.empty();
  }

  /** A verb that fails half-way leaves nothing of itself pending. */
  private void wholly(Change change) throws IOException {
    Savepoint before = transaction.savepoint();
    try {
      change.apply(transaction.root());
    } catch (IOException | RuntimeException | Error e) {
      transaction.rollbackTo(before);
      throw e;
    } finally {
      transaction.release(before);
    }
  }

  /** Commits what is pending; a failure leaves it pending. */
  public CommitResult sync(String message) throws IOException {
    List<String> said = new ArrayList<>(messages);
    if (!message.isEmpty()) {
      said.add(message);
    }
    CommitResult result =
        transaction.commit(new CommitInfo(commandText(), String.join("; ", said), user()));
    forget();
    return result;
  }

  /** Drops what is pending and goes on from the newest state, after a conflict, too. */
  public void rollback() throws IOException {
    Transaction next = pond.begin();
    transaction.close();
    transaction = next;
    forget();
  }

  /** Gives nothing back: the shell closes with {@link #end}. */
  @Override
  public void close() {}

  /** Drops what is pending and closes the pond. */
  public void end() {
    transaction.close();
    pond.close();
  }

  static String user() {
    return System.getProperty("user.name", "");
  }

  private void forget() {
    commands.clear();
    messages.clear();
    changes = 0;
  }

  private String commandText() {
    long more = changes - commands.size();
    return String.join("; ", commands) + (more > 0 ? "; and " + more + " more" : "");
  }
}
