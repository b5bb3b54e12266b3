package io.duckpond.isolation;

import io.duckpond.ConflictException;
import io.duckpond.Isolation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A database on the model that isolates as a pond must, but for its fault. */
final class ToyDatabase implements Database {
  private final Fault fault;
  private final List<Tree> states = new ArrayList<>(List.of(Tree.EMPTY, Tree.EMPTY));
  private final List<ToySession> open = new ArrayList<>();
  private long sessions;
  private long commits;
  private long time;
  private int commitsLeft = -1;
  private boolean crashed;

  /** What can be wrong. */
  enum Fault {
    NONE,
    LOST_UPDATE,
    ORPHAN,
    CYCLE,
    STALE_READ,
    DIRTY_READ,
    UNREPEATABLE_READ,
    WRITE_SKEW,
    PHANTOM,
    TORN_COMMIT,
    FORGOTTEN_COMMIT,
    LOST_AFTER_CRASH,
    FORGOTTEN_ROLL_BACK,
    FALSE_CONFLICT
  }

  ToyDatabase(Fault fault) {
    this.fault = fault;
  }

  @Override
  public Session begin(Isolation isolation) {
    ToySession session = new ToySession(isolation);
    open.add(session);
    return session;
  }

  private Tree state() {
    return states.get(states.size() - 1);
  }

  private final class ToySession implements Session {
    private final Isolation isolation;
    private long begin;
    private Workings workings = new Workings(0, Tree.EMPTY);
    private final List<Call> calls = new ArrayList<>();
    private boolean refused;

    ToySession(Isolation isolation) {
      this.isolation = isolation;
      goOn();
    }

    private void goOn() {
      begin = newest();
      calls.clear();
      Tree seen = state();
      if (fault == Fault.STALE_READ) {
        seen = states.get(states.size() - 2);
      } else if (fault == Fault.DIRTY_READ && !open.isEmpty()) {
        seen = open.get(open.size() - 1).workings.tree().withoutRemoved();
      }
      workings = new Workings(++sessions, seen);
    }

    @Override
    public long begin() {
      return begin;
    }

    @Override
    public String answer(Call call) {
      if (fault == Fault.UNREPEATABLE_READ) {
        workings = new Workings(++sessions, state());
        calls.forEach(workings::answer);
      }
      if (call.verb() == Call.Verb.ROLL_BACK && fault == Fault.FORGOTTEN_ROLL_BACK) {
        return "";
      }
      calls.add(call);
      return workings.answer(call);
    }

    @Override
    public CompletionStage<Long> commit() {
      Change change = workings.change();
      if (change.isEmpty() && !refused) {
        goOn();
        return CompletableFuture.completedFuture(0L);
      }
      refused = refused || conflict(change).isPresent();
      if (refused) {
        return CompletableFuture.failedFuture(new ConflictException("/", "toy"));
      }
      boolean dies = commitsLeft-- == 0;
      crashed = crashed || dies;
      if (!dies || sessions % 2 == 0) {
        store(change);
      }
      if (dies) {
        return new CompletableFuture<>();
      }
      goOn();
      return CompletableFuture.completedFuture(newest());
    }

    private Optional<String> conflict(Change change) {
      Optional<String> conflict = Optional.empty();
      if (fault != Fault.LOST_UPDATE) {
        conflict = change.lostUpdate(state());
      }
      if (fault != Fault.ORPHAN) {
        conflict = conflict.or(() -> change.orphan(state()));
      }
      if (fault != Fault.CYCLE) {
        conflict = conflict.or(() -> change.cycle(state()));
      }
      if (isolation == Isolation.SERIALIZABLE && fault != Fault.WRITE_SKEW) {
        conflict = conflict.or(() -> workings.reads().changed(change.seen(), state(), looks()));
      }
      return fault == Fault.FALSE_CONFLICT && ++commits % 5 == 0 ? Optional.of("a whim") : conflict;
    }

    private Reads.Looks looks() {
      return fault == Fault.PHANTOM ? Reads.Looks.NAMES : Reads.Looks.NAMES_AND_LISTINGS;
    }

    private void store(Change change) {
      Tree next = change.on(state());
      if (fault == Fault.TORN_COMMIT && change.names().size() > 1) {
        long left = change.names().keySet().iterator().next();
        for (String name : change.names().getOrDefault(left, java.util.Set.of())) {
          next = next.with(left, name, state().get(left, name));
        }
      }
      states.add(fault == Fault.FORGOTTEN_COMMIT && states.size() % 7 == 0 ? state() : next);
    }

    @Override
    public void rollback() {
      goOn();
    }

    @Override
    public void close() {
      open.remove(this);
    }
  }

  @Override
  public long newest() {
    return states.size() - 1L;
  }

  @Override
  public SortedMap<String, Held.Seen> picture(long txnSeq) {
    return states.get(Math.toIntExact(txnSeq)).picture();
  }

  @Override
  public long now() {
    return ++time;
  }

  @Override
  public void work(int steps) {}

  @Override
  public void crashAfter(int operations) {
    crashed = operations == 0;
    commitsLeft = operations % 4;
  }

  @Override
  public boolean hasCrashed() {
    return crashed;
  }

  @Override
  public void restart() {
    if (crashed && fault == Fault.LOST_AFTER_CRASH && states.size() > 3) {
      states.remove(states.size() - 1);
    }
    crashed = false;
    commitsLeft = -1;
    open.clear();
  }

  @Override
  public void maintain() {}

  @Override
  public void close() throws IOException {}
}
