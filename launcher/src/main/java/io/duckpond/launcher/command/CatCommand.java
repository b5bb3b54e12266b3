package io.duckpond.launcher.command;

import io.duckpond.WorkingDirectory;
import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.PondSession;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints contents. */
@Command(
    name = "cat",
    description = "Write the contents of files to standard output, as they are.",
    footer = {
      "",
      "Examples:",
      "  pond cat /notes.txt",
      "  pond cat --version 2 /notes.txt",
      "  pond cat --range 0:100 /big.bin | xxd",
      "  pond cat -- /-odd-name"
    })
final class CatCommand extends ReadingVerb {
  private static final Pattern RANGE = Pattern.compile("(\\d{0,18}):(\\d{0,18})");
  private static final int CHUNK_BYTES = 1 << 16;

  @Option(names = "--range", paramLabel = "A:B", description = "Bytes A up to, not including, B.")
  private @Nullable String range;

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "An older version, as history lists it.")
  private @Nullable Long version;

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files.")
  private List<String> paths = List.of();

  @Override
  void check() {
    if (pond().json()) {
      throw Complaint.usage("cat", "contents are bytes, not JSON", "stat --json tells of a file")
          .exception();
    }
  }

  @Override
  void print(PondSession session, Console console) throws IOException {
    WorkingDirectory root = session.root();
    Range wanted = Range.parse(range);
    for (String path : paths) {
      try (InputStream content =
          version == null ? root.read(path) : session.history().open(path, version)) {
        copy(content, wanted, console);
      }
    }
  }

  private static void copy(InputStream content, Range wanted, Console console) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    content.skip(wanted.from());
    long left = wanted.to() - wanted.from();
    while (left > 0) {
      int count = content.read(chunk, 0, (int) Math.min(chunk.length, left));
      if (count < 0) {
        break;
      }
      console.bytes().write(chunk, 0, count);
      left -= count;
    }
  }

  /** Bytes from the first up to, not including, the second. */
  private record Range(long from, long to) {

    static Range parse(@Nullable String text) {
      if (text == null) {
        return new Range(0, Long.MAX_VALUE);
      }
      Matcher parts = RANGE.matcher(text);
      if (parts.matches()) {
        long from = parts.group(1).isEmpty() ? 0 : Long.parseLong(parts.group(1));
        long to = parts.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(parts.group(2));
        if (from <= to) {
          return new Range(from, to);
        }
      }
      throw Complaint.usage("--range", "not a range of bytes: '" + text + "'", "as in 0:100 or 5:")
          .exception();
    }
  }
}
