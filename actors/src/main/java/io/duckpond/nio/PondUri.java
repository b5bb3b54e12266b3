package io.duckpond.nio;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A URI of a pond's file system: {@code pond:/folder!/path?as-of=7}. The folder is that of the pond
 * on the host, absolute; {@code !} ends it, so one in its name is written {@code %21}. The query
 * says which state: {@code as-of} a transaction number or an instant, {@code transaction} a number
 * that only this process knows; without one it is the present.
 *
 * @param folder the pond's folder, as text
 * @param path within the pond, absolute
 * @param state the query, in its usual form; empty for the present
 */
record PondUri(String folder, String path, String state) {
  static final String SCHEME = "pond";
  static final String AS_OF = "as-of=";
  static final String TRANSACTION = "transaction=";
  private static final String PLAIN = "-._~/";

  /** Reads a URI; throws {@link IllegalArgumentException} if it is none of a pond. */
  static PondUri parse(URI uri) {
    String raw = uri.getRawPath();
    boolean ours = SCHEME.equalsIgnoreCase(uri.getScheme());
    if (!ours || raw == null || uri.getRawAuthority() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("not a URI like pond:/folder!/path?as-of=7: " + uri);
    }
    int end = raw.indexOf('!');
    String folder = decoded(end < 0 ? raw : raw.substring(0, end));
    String path = end < 0 ? "/" : decoded(raw.substring(end + 1));
    if (!path.isEmpty() && !path.startsWith("/")) {
      throw new IllegalArgumentException("no '/' after the '!': " + uri);
    }
    return new PondUri(folder, path.isEmpty() ? "/" : path, state(uri));
  }

  private static String state(URI uri) {
    String query = uri.getQuery();
    if (query == null) {
      return "";
    }
    if (!query.startsWith(AS_OF) && !query.startsWith(TRANSACTION)) {
      throw new IllegalArgumentException("not as-of=NUMBER or as-of=INSTANT: " + uri);
    }
    return query;
  }

  /** Returns what the state is as of, if it is a past one. */
  Optional<String> asOf() {
    return state.startsWith(AS_OF)
        ? Optional.of(state.substring(AS_OF.length()))
        : Optional.empty();
  }

  /** Returns the folder and the state as one text, the same for all paths of a file system. */
  String fileSystem() {
    return new PondUri(folder, "/", state).toUri().toString();
  }

  URI toUri() {
    String query = state.isEmpty() ? "" : "?" + encoded(state, PLAIN + "=:");
    try {
      return new URI(SCHEME + ":" + encoded(folder, PLAIN) + "!" + encoded(path, PLAIN) + query);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e); // there is nothing left to encode
    }
  }

  private static String encoded(String text, String plain) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (each & 0xff);
      boolean letter = character < 0x80 && Character.isLetterOrDigit(character);
      if (letter || plain.indexOf(character) >= 0) {
        encoded.append(character);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", (int) character));
      }
    }
    return encoded.toString();
  }

  private static String decoded(String raw) {
    return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
