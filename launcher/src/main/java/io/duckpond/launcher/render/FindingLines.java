package io.duckpond.launcher.render;

import io.duckpond.Finding;
import java.util.List;

/** What a check found, a line or an object each. */
public final class FindingLines {
  private final Names names;

  /** Lines whose names are shown so. */
  public FindingLines(Names names) {
    this.names = names;
  }

  /** Returns the finding on one line. */
  public String line(Finding finding) {
    String line =
        String.format(
            "%-6s  %s  %s: expected %s, found %s",
            finding.damage() ? "damage" : "note",
            finding.kind().storedName(),
            finding.subject(),
            finding.expected(),
            finding.found());
    String affects =
        finding.affects().isEmpty() ? "" : "; affects " + String.join(", ", finding.affects());
    return names.show((line + affects).replaceAll("\\s*\\R\\s*", "; "));
  }

  /** Returns what to do about damage, each advice once. */
  public static List<String> advice(List<Finding> findings) {
    return findings.stream().filter(Finding::damage).map(Finding::advice).distinct().toList();
  }

  /** Returns the finding as an object. */
  public static JsonObject json(Finding finding) {
    return new JsonObject()
        .put("kind", finding.kind().storedName())
        .put("damage", finding.damage())
        .put("subject", finding.subject())
        .put("expected", finding.expected())
        .put("found", finding.found())
        .put("advice", finding.advice())
        .putTexts("affects", finding.affects());
  }
}
