package io.duckpond.history;

/** Transactions from one to another, both included; none if they are the wrong way round. */
record Span(long from, long to) {

  boolean contains(long txnSeq) {
    return from <= txnSeq && txnSeq <= to;
  }

  Span and(Span other) {
    return new Span(Math.max(from, other.from), Math.min(to, other.to));
  }

  boolean isEmpty() {
    return from > to;
  }
}
