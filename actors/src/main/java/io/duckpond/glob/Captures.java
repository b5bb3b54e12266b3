package io.duckpond.glob;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was captured on the way to a place; longer ones share the beginning. Immutable. */
final class Captures {
  static final Captures NONE = new Captures(null, "");

  private final @Nullable Captures before;
  private final String last;

  private Captures(@Nullable Captures before, String last) {
    this.before = before;
    this.last = last;
  }

  Captures and(String capture) {
    return new Captures(this, capture);
  }

  Captures and(List<String> captures) {
    Captures longer = this;
    for (String capture : captures) {
      longer = longer.and(capture);
    }
    return longer;
  }

  List<String> toList() {
    List<String> texts = new ArrayList<>();
    for (Captures at = this; at.before != null; at = at.before) {
      texts.add(at.last);
    }
    Collections.reverse(texts);
    return texts;
  }
}
