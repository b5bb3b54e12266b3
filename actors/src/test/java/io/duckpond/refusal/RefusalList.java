package io.duckpond.refusal;

import java.util.ArrayList;
import java.util.List;

/** Refusals of one sort, one after another. */
abstract class RefusalList {
  private final String sort;
  private final List<Refusal> all = new ArrayList<>();

  /**
   * @param sort what each one's name begins with
   */
  RefusalList(String sort) {
    this.sort = sort;
  }

  final void add(
      String what,
      Class<? extends Throwable> type,
      String path,
      String reason,
      Refusal.Attempt attempt) {
    all.add(new Refusal(sort + what, type, path, reason, attempt));
  }

  final List<Refusal> listed() {
    return List.copyOf(all);
  }
}
