package io.duckpond.series;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** What series are: for each path the pieces, as plain arrays. */
final class ModelSeries {
  private final TreeMap<String, List<byte[]>> pieces = new TreeMap<>();

  List<String> paths() {
    return List.copyOf(pieces.keySet());
  }

  boolean holds(String path) {
    return pieces.containsKey(path);
  }

  void append(String path, byte[] piece) {
    pieces.computeIfAbsent(path, unused -> new ArrayList<>()).add(piece);
  }

  void rename(String from, String to) {
    List<byte[]> moved = pieces(from);
    pieces.remove(from);
    pieces.put(to, moved);
  }

  void copy(String from, String to) {
    pieces.put(to, new ArrayList<>(pieces(from)));
  }

  void remove(String path) {
    pieces.remove(path);
  }

  List<byte[]> pieces(String path) {
    return pieces.getOrDefault(path, List.of());
  }

  byte[] bytes(String path) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    pieces(path).forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }

  /** Returns what a range has, which may lie beyond the end. */
  byte[] range(String path, int from, int to) {
    byte[] all = bytes(path);
    int end = Math.min(to, all.length);
    return Arrays.copyOfRange(all, Math.min(from, end), end);
  }

  ModelSeries copy() {
    ModelSeries copy = new ModelSeries();
    pieces.forEach((path, list) -> copy.pieces.put(path, new ArrayList<>(list)));
    return copy;
  }
}
