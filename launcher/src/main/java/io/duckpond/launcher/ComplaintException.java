package io.duckpond.launcher;

/** Ends a verb with a {@link Complaint}. */
public final class ComplaintException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Complaint complaint;

  ComplaintException(Complaint complaint) {
    super(complaint.subject() + ": " + complaint.what());
    this.complaint = complaint;
  }

  /** Returns what the user is to be told. */
  public Complaint complaint() {
    return complaint;
  }
}
