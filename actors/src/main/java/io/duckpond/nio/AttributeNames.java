package io.duckpond.nio;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Attributes by their names, as {@code Files.getAttribute} has them: {@code view:name,name}. */
final class AttributeNames {
  private static final Map<String, Function<PondFileAttributes, Object>> BASIC =
      new LinkedHashMap<>();
  private static final Map<String, Function<PondFileAttributes, Object>> OWNER =
      Map.of("owner", PondFileAttributes::owner);
  private static final Map<String, Function<PondFileAttributes, Object>> POSIX =
      new LinkedHashMap<>();
  private static final Map<String, Function<PondFileAttributes, Object>> POND =
      new LinkedHashMap<>();

  static {
    BASIC.put("lastModifiedTime", PondFileAttributes::lastModifiedTime);
    BASIC.put("lastAccessTime", PondFileAttributes::lastAccessTime);
    BASIC.put("creationTime", PondFileAttributes::creationTime);
    BASIC.put("size", PondFileAttributes::size);
    BASIC.put("isRegularFile", PondFileAttributes::isRegularFile);
    BASIC.put("isDirectory", PondFileAttributes::isDirectory);
    BASIC.put("isSymbolicLink", PondFileAttributes::isSymbolicLink);
    BASIC.put("isOther", PondFileAttributes::isOther);
    BASIC.put("fileKey", PondFileAttributes::fileKey);
    POSIX.putAll(BASIC);
    POSIX.put("permissions", PondFileAttributes::permissions);
    POSIX.put("owner", PondFileAttributes::owner);
    POSIX.put("group", PondFileAttributes::group);
    POND.putAll(POSIX);
    POND.put("version", PondFileAttributes::version);
    POND.put("nodeId", PondFileAttributes::nodeId);
    POND.put("type", PondFileAttributes::type);
    POND.put("sha256", attributes -> attributes.sha256().orElse(""));
    POND.put("txnSeq", PondFileAttributes::txnSeq);
  }

  private AttributeNames() {}

  /** A view and the names after its colon. */
  private record Asked(String view, String names) {
    static Asked of(String attributes) {
      int colon = attributes.indexOf(':');
      return colon < 0
          ? new Asked("basic", attributes)
          : new Asked(attributes.substring(0, colon), attributes.substring(colon + 1));
    }

    Map<String, Function<PondFileAttributes, Object>> known() {
      return switch (view) {
        case "basic" -> BASIC;
        case "owner" -> OWNER;
        case "posix" -> POSIX;
        case "pond" -> POND;
        default -> throw new UnsupportedOperationException("view " + view);
      };
    }
  }

  /** Reads those that {@code attributes} lists, or all of a view for {@code *}. */
  static Map<String, Object> read(NodeView node, String attributes) throws IOException {
    Asked asked = Asked.of(attributes);
    Map<String, Function<PondFileAttributes, Object>> known = asked.known();
    Map<String, Function<PondFileAttributes, Object>> wanted = new LinkedHashMap<>();
    for (String name : List.of(asked.names().split(","))) {
      if (name.equals("*")) {
        wanted.putAll(known);
      } else if (known.containsKey(name)) {
        wanted.put(name, known.get(name));
      } else {
        throw new IllegalArgumentException("attribute " + name + " of view " + asked.view());
      }
    }
    PondFileAttributes found = node.readAttributes();
    Map<String, Object> values = new LinkedHashMap<>();
    wanted.forEach((name, value) -> values.put(name, value.apply(found)));
    return values;
  }

  /** Sets the one that {@code attribute} names. */
  static void set(NodeView node, String attribute, Object value) throws IOException {
    Asked asked = Asked.of(attribute);
    if (!asked.known().containsKey(asked.names())) {
      throw new IllegalArgumentException("attribute " + asked.names() + " of " + asked.view());
    }
    switch (asked.names()) {
      case "lastModifiedTime" -> node.setTimes((FileTime) value, null, null);
      case "lastAccessTime" -> node.setTimes(null, (FileTime) value, null);
      case "creationTime" -> node.setTimes(null, null, (FileTime) value);
      case "permissions" -> node.setPermissions(OpenMode.permissionSet(value));
      case "owner" -> node.setOwner((UserPrincipal) value);
      case "group" -> node.setGroup((GroupPrincipal) value);
      default -> throw new IllegalArgumentException("attribute " + attribute + " cannot be set");
    }
  }
}
