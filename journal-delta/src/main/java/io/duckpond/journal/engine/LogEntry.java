package io.duckpond.journal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One entry of a Delta log as it lies on disk.
 *
 * <p>Entries that this engine writes end with a line of their own, {@code
 * {"io.duckpond.trailer":{"lines":n,"sha256":"…"}}}: the number and the digest of the lines before
 * it, line feeds included. Other readers skip it, as they skip every action they do not know. It
 * betrays an entry that was cut or changed.
 *
 * @param sha256 of the whole file, trailer included
 * @param trailed whether it ends with a trailer, which then agrees with the rest
 * @param writer what the entry says of the program that wrote it
 * @param writtenMillis when, as it says, milliseconds since the epoch; -1 if it does not
 * @param domains configuration by domain, of the domain metadata in it
 * @param added the data files it adds, in its order
 * @param removed paths of the data files it takes out, and when, milliseconds since the epoch
 */
public record LogEntry(
    Sha256 sha256,
    boolean trailed,
    String writer,
    long writtenMillis,
    Map<String, String> domains,
    List<Added> added,
    Map<String, Long> removed) {
  private static final String TRAILER = "io.duckpond.trailer";
  private static final long LONGEST = 64L << 20;
  private static final long LONGEST_LINE = 4L << 20;
  private static final int WINDOW = 1 << 16;
  private static final Pattern NAME = Pattern.compile("\\d{20}\\.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  public LogEntry {
    domains = Map.copyOf(domains);
    added = List.copyOf(added);
    removed = Map.copyOf(removed);
  }

  /**
   * A data file as an entry names it.
   *
   * @param path relative to the table, escaped as in a URI
   * @param size bytes
   * @param statistics JSON; empty if there is none
   */
  public record Added(String path, long size, Map<String, String> tags, String statistics) {
    public Added {
      tags = Map.copyOf(tags);
    }

    static Added from(JsonNode add) {
      Map<String, String> tags = new HashMap<>();
      add.path("tags").properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
      return new Added(
          add.path("path").asText(), add.path("size").asLong(), tags, add.path("stats").asText());
    }
  }

  /** Returns the paths of the data files it adds. */
  public Set<String> addedPaths() {
    return added.stream().map(Added::path).collect(Collectors.toUnmodifiableSet());
  }

  static boolean isEntryName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Returns where the entry of a version lies. */
  public static Path pathOf(Path table, long version) {
    return table.resolve("_delta_log").resolve(nameOf(version));
  }

  /** Returns the name of the entry of a version. */
  public static String nameOf(long version) {
    String digits = String.valueOf(version); // a format takes 7 % of a commit
    return "0".repeat(20 - digits.length()) + digits + ".json";
  }

  static String trailer(long lines, Sha256 digest) {
    return "{\"" + TRAILER + "\":{\"lines\":" + lines + ",\"sha256\":\"" + digest.hex() + "\"}}";
  }

  /**
   * Reads an entry. An entry that is torn, or whose trailer disagrees with it, is a {@link
   * DamageException}.
   */
  public static LogEntry read(Disk disk, Path file) throws IOException {
    requireBounded(disk, file);
    return parse(file, DurableFiles.readAll(disk, file));
  }

  /**
   * Fails with a {@link DamageException} if an entry, or one line of it, is longer than anybody
   * writes one: whoever parses it needs many times its length in memory.
   */
  static void requireBounded(Disk disk, Path file) throws IOException {
    try (DiskReader reader = disk.open(file)) {
      long size = reader.size();
      if (size > LONGEST) {
        throw damaged(file, "at most " + LONGEST + " bytes", size + " bytes");
      }
      ByteBuffer window = ByteBuffer.allocate(size > LONGEST_LINE ? WINDOW : 0);
      long line = 0;
      for (long position = 0; window.capacity() > 0 && position < size; ) {
        int count = reader.read(window.clear(), position);
        if (count < 0) {
          break; // cut meanwhile, as whoever reads it will find
        }
        for (int i = 0; i < count; i++) {
          line = window.get(i) == '\n' ? 0 : line + 1;
          if (line > LONGEST_LINE) {
            throw damaged(file, "lines of at most " + LONGEST_LINE + " bytes", "a longer one");
          }
        }
        position += count;
      }
    }
  }

  private static LogEntry parse(Path file, byte[] bytes) {
    if (bytes.length == 0 || bytes[bytes.length - 1] != '\n') {
      // Other writers may leave out the last line feed, but never write half a line.
      requireWholeLastLine(file, bytes);
    }
    String writer = "an unknown program";
    long writtenMillis = -1;
    Map<String, String> domains = new HashMap<>();
    List<Added> added = new ArrayList<>();
    Map<String, Long> removed = new HashMap<>();
    Optional<JsonNode> trailer = Optional.empty();
    int lines = 0;
    int start = 0;
    while (start < bytes.length) {
      if (trailer.isPresent()) {
        throw damaged(file, "a trailer as its last line", "more lines after it");
      }
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      JsonNode action = parseLine(file, bytes, start, end);
      if (action.has(TRAILER)) {
        trailer = Optional.of(action.get(TRAILER));
        verify(file, trailer.get(), lines, bytes, start);
      } else {
        lines++;
        writer = action.path("commitInfo").path("engineInfo").asText(writer);
        writtenMillis = action.path("commitInfo").path("timestamp").asLong(writtenMillis);
        JsonNode domain = action.path("domainMetadata");
        if (domain.has("domain")) {
          domains.put(domain.get("domain").asText(), domain.path("configuration").asText());
        }
        if (action.has("add")) {
          added.add(Added.from(action.get("add")));
        }
        if (action.has("remove")) {
          JsonNode remove = action.get("remove");
          removed.put(remove.path("path").asText(), remove.path("deletionTimestamp").asLong());
        }
      }
      start = end + 1;
    }
    if (trailer.isPresent() && bytes[bytes.length - 1] != '\n') {
      throw damaged(file, "a line feed at its end", "none");
    }
    return new LogEntry(
        Sha256.of(bytes), trailer.isPresent(), writer, writtenMillis, domains, added, removed);
  }

  private static void verify(Path file, JsonNode trailer, int lines, byte[] bytes, int length) {
    MessageDigest digest = Sha256.digest();
    digest.update(bytes, 0, length);
    String found = trailer(lines, Sha256.from(digest.digest()));
    String expected = "{\"" + TRAILER + "\":" + trailer + "}";
    if (!found.equals(expected)) {
      throw damaged(file, expected, found);
    }
  }

  private static void requireWholeLastLine(Path file, byte[] bytes) {
    if (bytes.length == 0) {
      throw damaged(file, "a log entry", "no bytes");
    }
    int start = bytes.length;
    while (start > 0 && bytes[start - 1] != '\n') {
      start--;
    }
    parseLine(file, bytes, start, bytes.length);
  }

  private static JsonNode parseLine(Path file, byte[] bytes, int start, int end) {
    try {
      JsonNode node = JSON.readTree(new String(bytes, start, end - start, UTF_8));
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw new DamageException(
          file + " is damaged: expected a JSON action at byte " + start + ", found none", e);
    }
    throw damaged(file, "a JSON action at byte " + start, "none");
  }

  private static DamageException damaged(Path file, String expected, String found) {
    return new DamageException(file + " is damaged: expected " + expected + ", found " + found);
  }
}
