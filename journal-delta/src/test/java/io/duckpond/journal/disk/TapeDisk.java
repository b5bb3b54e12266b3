package io.duckpond.journal.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A disk that notes every operation on a tape, in order, and can refuse one of them, or all from
 * one on. A step is written {@code verb name}, the name without its random part.
 */
public final class TapeDisk extends ForwardingDisk {
  private final List<String> tape = Collections.synchronizedList(new ArrayList<>());
  private int failAt = Integer.MAX_VALUE;
  private boolean failOnlyOnce = true;

  public TapeDisk(Disk disk) {
    super(disk);
  }

  /** Returns the steps since the last call. */
  public List<String> take() {
    synchronized (tape) {
      List<String> steps = List.copyOf(tape);
      tape.clear();
      return steps;
    }
  }

  /** Clears the tape and refuses its {@code step}th operation, counted from 0. */
  public void failAt(int step, boolean onlyOnce) {
    tape.clear();
    failAt = step;
    failOnlyOnce = onlyOnce;
  }

  /** Refuses nothing any more; tells whether anything was refused. */
  public boolean heal() {
    boolean failed = tape.size() > failAt;
    failAt = Integer.MAX_VALUE;
    return failed;
  }

  @Override
  protected void before(String verb, Path path) throws IOException {
    String name = String.valueOf(path.getFileName());
    String step =
        verb
            + " "
            + name.replaceAll("[0-9a-f]{32}", "#")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "#");
    synchronized (tape) {
      int index = tape.size();
      tape.add(step);
      if (index == failAt || (index > failAt && !failOnlyOnce)) {
        throw new IOException("refused: " + step);
      }
    }
  }
}
