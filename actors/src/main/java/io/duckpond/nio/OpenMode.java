package io.duckpond.nio;

import io.duckpond.node.Attributes;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The options of an opening, understood. Sparse files and synchronized writes mean nothing more.
 */
record OpenMode(Set<StandardOpenOption> options, boolean follow, OptionalInt permissions) {

  static OpenMode of(Set<? extends OpenOption> options, FileAttribute<?>... attributes) {
    Set<StandardOpenOption> standard = EnumSet.noneOf(StandardOpenOption.class);
    boolean follow = true;
    for (OpenOption option : options) {
      if (option == LinkOption.NOFOLLOW_LINKS) {
        follow = false;
      } else if (option instanceof StandardOpenOption known) {
        standard.add(known);
      } else if (option == null) {
        throw new NullPointerException("an option that is null");
      } else {
        throw new UnsupportedOperationException("option " + option);
      }
    }
    boolean append = standard.contains(StandardOpenOption.APPEND);
    if (append && standard.contains(StandardOpenOption.READ)) {
      throw new IllegalArgumentException("READ with APPEND");
    }
    if (append && standard.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
      throw new IllegalArgumentException("APPEND with TRUNCATE_EXISTING");
    }
    // As on Unix, lest a file be removed that only a link was said to be.
    boolean followed = follow && !standard.contains(StandardOpenOption.DELETE_ON_CLOSE);
    return new OpenMode(standard, followed, permissions(attributes));
  }

  /** Returns the mode that attributes of a new node ask for. */
  static OptionalInt permissions(FileAttribute<?>... attributes) {
    OptionalInt mode = OptionalInt.empty();
    for (FileAttribute<?> attribute : attributes) {
      if (!attribute.name().equals("posix:permissions")) {
        throw new UnsupportedOperationException("attribute " + attribute.name() + " when created");
      }
      mode = OptionalInt.of(NodeAttributes.mode(permissionSet(attribute.value())));
    }
    return mode;
  }

  static Set<PosixFilePermission> permissionSet(Object value) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    ((Set<?>) value).forEach(each -> permissions.add((PosixFilePermission) each));
    return permissions;
  }

  boolean appends() {
    return options.contains(StandardOpenOption.APPEND);
  }

  boolean writes() {
    return appends() || options.contains(StandardOpenOption.WRITE);
  }

  boolean reads() {
    return !writes() || options.contains(StandardOpenOption.READ);
  }

  boolean createsNew() {
    return writes() && options.contains(StandardOpenOption.CREATE_NEW);
  }

  boolean creates() {
    return createsNew() || writes() && options.contains(StandardOpenOption.CREATE);
  }

  boolean truncates() {
    return writes() && options.contains(StandardOpenOption.TRUNCATE_EXISTING);
  }

  boolean deletes() {
    return options.contains(StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** Returns the attributes of a file that is made now, or nothing if none were asked for. */
  Optional<Attributes> attributes(long nowNanos) {
    return permissions.isPresent()
        ? Optional.of(new Attributes(permissions.getAsInt(), nowNanos))
        : Optional.empty();
  }
}
