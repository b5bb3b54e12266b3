package io.duckpond.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The words of a command line as Java hands them over: what is not UTF-8, or what the locale cannot
 * read, comes as replacement characters, and a name would silently be another.
 */
final class Arguments {
  private static final String REPLACEMENT = "\ufffd";

  private Arguments() {}

  /**
   * Refuses words that are not those that were typed.
   *
   * @param commandLine where the system shows them as they were typed, if it does
   */
  static void check(List<String> words, Path commandLine) {
    if (words.stream().noneMatch(word -> word.contains(REPLACEMENT))) {
      return;
    }
    String typed;
    try {
      byte[] bytes = Files.readAllBytes(commandLine);
      typed = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Complaint.usage("pond", "an argument is not UTF-8 text").exception();
    } catch (IOException e) {
      return; // a system that does not show them; then the character may be meant
    }
    if (!typed.endsWith(String.join("\0", words) + "\0")) {
      throw Complaint.usage(
              "pond",
              "this locale cannot read an argument",
              "export LC_ALL=C.UTF-8, or start it as bin/pond does")
          .exception();
    }
  }
}
