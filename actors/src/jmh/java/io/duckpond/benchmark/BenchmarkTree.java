package io.duckpond.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The tree that both filesystems hold, and the script of paths that both are asked for. */
final class BenchmarkTree {
  private static final int FANOUT = 6;
  private static final int FILES = 40;
  private static final int LARGE = 10_000;
  private static final int SCRIPT = 1 << 14;

  private BenchmarkTree() {}

  /** Returns the directories, parents first: four levels, and one of 10,000 files. */
  static List<String> directories() {
    List<String> all = new ArrayList<>();
    List<String> level = List.of("");
    for (int depth = 0; depth < 3; depth++) {
      List<String> below = new ArrayList<>();
      for (String parent : level) {
        for (int i = 0; i < FANOUT; i++) {
          below.add(parent + "/directory-" + i);
        }
      }
      all.addAll(below);
      level = below;
    }
    all.add("/large");
    return all;
  }

  /** Returns the names of the files of a directory. */
  static List<String> files(String directory) {
    List<String> names = new ArrayList<>();
    int count = directory.equals("/large") ? LARGE : directory.length() > 30 ? FILES : 2;
    for (int i = 0; i < count; i++) {
      names.add("file-" + i + ".txt");
    }
    return names;
  }

  /**
   * Returns paths of files in a random order of a fixed seed; one in ten in the large directory.
   */
  static String[] fileScript() {
    Random random = new Random(5);
    List<String> directories = directories();
    String[] script = new String[SCRIPT];
    for (int i = 0; i < script.length; i++) {
      String directory =
          i % 10 == 0 ? "/large" : directories.get(random.nextInt(directories.size()));
      List<String> files = files(directory);
      script[i] = directory + "/" + files.get(random.nextInt(files.size()));
    }
    return script;
  }

  /** Returns paths of directories in a random order of a fixed seed, but for the large one. */
  static String[] directoryScript() {
    Random random = new Random(6);
    List<String> directories = directories();
    String[] script = new String[SCRIPT];
    for (int i = 0; i < script.length; i++) {
      script[i] = directories.get(random.nextInt(directories.size() - 1));
    }
    return script;
  }
}
