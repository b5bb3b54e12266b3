package io.duckpond.dynamic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.WorkingDirectory;
import io.duckpond.node.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A file made from a text with placeholders: {@code {"template":"Hello {{content:../name.txt}}"}}.
 * Between double braces stand what is wanted and a path, relative to the directory that holds the
 * file: {@code content}, {@code size}, {@code version}, {@code sha256}, {@code type} of a node, or
 * {@code list}, the names in a directory, one a line. {@code {{"{{"}}} is a double brace itself.
 */
public final class TemplateFactory implements DynamicFactory {
  private static final String OPEN = "{{";
  private static final String CLOSE = "}}";
  private static final String BRACES = "\"{{\"";
  private static final List<String> WANTED =
      List.of("content", "size", "version", "sha256", "type", "list");

  @Override
  public String name() {
    return "template";
  }

  @Override
  public DynamicNode create(Configuration configuration, DynamicContext context) {
    List<Part> parts = parse(configuration.demandOnly("template").text("template"));
    return (DynamicFile) () -> new ByteArrayInputStream(fill(parts, context.directory()));
  }

  /** A piece of the result: text as it is if {@code wanted} is empty, else something of a node. */
  private record Part(String wanted, String text) {}

  private static List<Part> parse(String template) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    for (int open = template.indexOf(OPEN); open >= 0; open = template.indexOf(OPEN, at)) {
      parts.add(new Part("", template.substring(at, open)));
      if (template.startsWith(BRACES + CLOSE, open + OPEN.length())) {
        parts.add(new Part("", OPEN));
        at = open + OPEN.length() + BRACES.length() + CLOSE.length();
        continue;
      }
      int close = template.indexOf(CLOSE, open);
      if (close < 0) {
        throw new IllegalArgumentException("no '}}' for a '{{'");
      }
      String placeholder = template.substring(open + OPEN.length(), close);
      int colon = placeholder.indexOf(':');
      String wanted = colon < 0 ? placeholder : placeholder.substring(0, colon);
      if (colon < 0 || !WANTED.contains(wanted)) {
        throw new IllegalArgumentException(
            "'{{" + placeholder + "}}' is none of " + WANTED + " with a colon and a path");
      }
      parts.add(new Part(wanted, placeholder.substring(colon + 1)));
      at = close + CLOSE.length();
    }
    parts.add(new Part("", template.substring(at)));
    return parts;
  }

  private static byte[] fill(List<Part> parts, WorkingDirectory directory) throws IOException {
    ByteArrayOutputStream filled = new ByteArrayOutputStream();
    for (Part part : parts) {
      if (part.wanted().equals("content")) {
        try (InputStream in = directory.read(part.text())) {
          in.transferTo(filled);
        }
      } else {
        filled.writeBytes(words(part, directory).getBytes(UTF_8));
      }
    }
    return filled.toByteArray();
  }

  private static String words(Part part, WorkingDirectory directory) throws IOException {
    if (part.wanted().isEmpty()) {
      return part.text();
    }
    if (part.wanted().equals("list")) {
      StringBuilder names = new StringBuilder();
      directory.list(part.text()).keySet().forEach(name -> names.append(name).append('\n'));
      return names.toString();
    }
    Entry entry = directory.metadata(part.text());
    return switch (part.wanted()) {
      case "type" -> entry.type().storedName();
      case "version" -> Long.toString(entry.version());
      case "size" -> entry instanceof Entry.File file ? Long.toString(file.size()) : "";
      default -> entry instanceof Entry.File file ? file.sha256().toString() : "";
    };
  }
}
