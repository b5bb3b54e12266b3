package io.duckpond.transaction;

import io.duckpond.path.EntryName;
import io.duckpond.path.PondPath;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a working directory stands, whatever tree it is in.
 *
 * @param root from the tree's root to the directory's "/", no links
 * @param names from there to the directory itself, no links
 */
public record Standpoint(List<EntryName> root, List<EntryName> names) {

  /** The root of a tree. */
  public static final Standpoint ROOT = new Standpoint(List.of(), List.of());

  public Standpoint {
    root = List.copyOf(root);
    names = List.copyOf(names);
  }

  /** Returns the absolute path of the directory, as seen from its own root. */
  public String path() {
    return PathResolver.asked(names, new PondPath(false, List.of(), false));
  }

  /** Returns the same directory as a root of its own. */
  public Standpoint chroot() {
    List<EntryName> here = new ArrayList<>(root);
    here.addAll(names);
    return new Standpoint(here, List.of());
  }

  /** Returns where the directory at a path stands, seen from the same root. */
  Standpoint at(String path) {
    return new Standpoint(root, Site.names(path));
  }
}
