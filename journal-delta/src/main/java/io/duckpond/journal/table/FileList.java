package io.duckpond.journal.table;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.RandomAccess;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An immutable list of data files in commit order. Adding to the newest list shares its array, so
 * that a long row of commits costs no copy each.
 */
final class FileList extends AbstractList<DataFile> implements RandomAccess {
  /** Returns a list without files. */
  static FileList empty() {
    return new FileList(new Shared(), 0);
  }

  private final Shared shared;
  private final int size;

  private FileList(Shared shared, int size) {
    this.shared = shared;
    this.size = size;
  }

  private static final class Shared {
    private DataFile[] files = new DataFile[16];
    private int used;
  }

  /** Returns this list with {@code more} at its end. */
  FileList plus(List<DataFile> more) {
    synchronized (shared) {
      Shared target = shared;
      if (shared.used != size) {
        target = new Shared();
        target.files = Arrays.copyOf(shared.files, size);
        target.used = size;
      }
      int end = size + more.size();
      if (end > target.files.length) {
        // A new array: lists that share the old one keep reading it.
        Shared grown = new Shared();
        grown.files = Arrays.copyOf(target.files, end + end / 2);
        target = grown;
      }
      for (int i = 0; i < more.size(); i++) {
        target.files[size + i] = more.get(i);
      }
      target.used = end;
      return new FileList(target, end);
    }
  }

  /** Returns this list without {@code fewer} and with {@code more}, in commit order. */
  FileList replace(List<DataFile> fewer, List<DataFile> more) {
    Set<String> gone = fewer.stream().map(DataFile::name).collect(Collectors.toSet());
    List<DataFile> files = new ArrayList<>(more);
    forEach(
        file -> {
          if (!gone.contains(file.name())) {
            files.add(file);
          }
        });
    files.sort(Comparator.comparing(DataFile::position));
    return empty().plus(files);
  }

  @Override
  public DataFile get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return shared.files[index];
  }

  @Override
  public int size() {
    return size;
  }
}
