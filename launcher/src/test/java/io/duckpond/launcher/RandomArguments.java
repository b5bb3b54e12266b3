package io.duckpond.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Arguments of a command as nobody would give them: verbs with names and options made up. */
final class RandomArguments {
  private static final String[] VERBS = {
    "ls .",
    "ls -R .",
    "ls -l . .",
    "cat .",
    "cat --range 1:2 .",
    "put .",
    "put --text x .",
    "touch .",
    "mkdir .",
    "mkdir -p .",
    "ln -s . .",
    "mv . .",
    "mv -n . .",
    "rm .",
    "rm -r .",
    "rm -rf .",
    "copy . .",
    "tree .",
    "find .",
    "find . --glob .",
    "find --newer . --size .",
    "glob .",
    "glob --captures .",
    "stat .",
    "stat --no-follow .",
    "log .",
    "log -n .",
    "history .",
    "show -n .",
    "show --partition .",
    "readlink .",
    "query .",
    "init .",
    "help .",
    ". .",
    ". . . .",
    "put -m . .",
    "query --format .",
    "cat --version . .",
    "status",
    "sync"
  };

  private static final String[] OPTIONS = {
    "-l",
    "-R",
    "-0",
    "-p",
    "-s",
    "-r",
    "-f",
    "-n",
    "-a",
    "-m",
    "-q",
    "--json",
    "--text",
    "--range",
    "--version",
    "--format",
    "--file",
    "--verify",
    "--deep",
    "--pond",
    "--lock-wait",
    "--color",
    "--exclude",
    "--dry-run",
    "--skip-unsupported",
    "--overwrite",
    "--partition",
    "--as-of",
    "--",
    "--range=1:",
    "--lock-wait=-1",
    "--lock-wait=1e300",
    "--color=blue",
    "-n=-1",
    "--no-follow",
    "--bogus",
    "-x",
    "--pending"
  };

  private static final String[] NAMES = {
    "/",
    "",
    ".",
    "..",
    "/..",
    "/../..",
    "//",
    "/d",
    "/d/",
    "/d/f",
    "d/f/",
    "/f",
    "/f/x",
    "/link",
    "/loop",
    "/loop/x",
    "pond:",
    "pond:/",
    "pond:/d/.",
    "pond:..",
    "host:",
    "host:///",
    "./pond:x",
    "*",
    "**",
    "/[",
    "/{a,b",
    "\\",
    "~",
    "-x",
    "@f",
    "1",
    "0",
    "-1",
    "9999999999999999999",
    "NaN",
    "1:2",
    "2:1",
    ":",
    "\u0000",
    "/a\u0000b",
    "/\u0001\u001b[31m",
    "/a\nb",
    "/\t ",
    "/ä",
    "/日本",
    "/\ud83d\ude00",
    "/\u202e",
    "/\ufffd",
    "/e\u0301",
    "%s%n",
    "${env:HOME}",
    "null",
    "nul",
    "con"
  };

  private RandomArguments() {}

  /** Returns arguments that make nothing on the host outside of {@code temporary}. */
  static String[] words(Random random, Path temporary) {
    List<String> words = new ArrayList<>();
    for (String word : VERBS[random.nextInt(VERBS.length)].split(" ")) {
      words.add(word.equals(".") ? name(random) : word);
      if (random.nextInt(30) == 0) {
        words.add(OPTIONS[random.nextInt(OPTIONS.length)]);
      }
    }
    // What is not said to be in the pond would be looked for, or made, anywhere on this machine.
    String verb = words.get(0);
    for (int i = 1; i < words.size(); i++) {
      if (verb.equals("copy")) {
        // Out, into a folder of this test.
        boolean last = i == words.size() - 1;
        words.set(i, last ? temporary + "/out" : "pond:" + words.get(i));
      } else if (verb.equals("init")) {
        words.set(i, temporary + "/made/" + words.get(i));
      }
    }
    return words.toArray(String[]::new);
  }

  private static String name(Random random) {
    switch (random.nextInt(8)) {
      case 0 -> {
        return "/" + "n".repeat(250 + random.nextInt(10));
      }
      case 1 -> {
        return "/d".repeat(random.nextInt(20) == 0 ? 2100 : 1 + random.nextInt(30));
      }
      case 2 -> {
        return "/"
            + "ä".repeat(120 + random.nextInt(12))
            + "/"
            + NAMES[random.nextInt(NAMES.length)];
      }
      case 3 -> {
        char[] noise = new char[1 + random.nextInt(12)];
        for (int i = 0; i < noise.length; i++) {
          noise[i] = (char) random.nextInt(random.nextBoolean() ? 128 : 65_536);
        }
        return new String(noise);
      }
      default -> {
        return NAMES[random.nextInt(NAMES.length)];
      }
    }
  }
}
