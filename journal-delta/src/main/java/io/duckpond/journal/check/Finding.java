package io.duckpond.journal.check;

/**
 * One thing that a check found.
 *
 * @param damage whether something is lost, wrong or refused until it is mended; if not, it is a
 *     leftover that does no harm
 * @param file relative to the table
 * @param expected what should be there
 * @param found what is there
 * @param advice what to do about it
 */
public record Finding(
    FindingKind kind, boolean damage, String file, String expected, String found, String advice) {

  @Override
  public String toString() {
    return kind.storedName() + " " + file + ": expected " + expected + ", found " + found;
  }
}
