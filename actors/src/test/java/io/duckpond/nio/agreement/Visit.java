package io.duckpond.nio.agreement;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes down all that {@link Files#walkFileTree} tells a visitor. */
final class Visit implements FileVisitor<Path> {
  private final List<String> told = new ArrayList<>();

  static List<String> of(Path top, Set<FileVisitOption> options, int depth) throws IOException {
    Visit visit = new Visit();
    Path same = Files.walkFileTree(top, options, depth, visit);
    visit.told.add(same.toString());
    return visit.told;
  }

  private FileVisitResult told(String what, Path path) {
    told.add(what + " " + path);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
    return told("into", path);
  }

  @Override
  public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
    return told(
        attributes.isSymbolicLink() ? "link" : attributes.isDirectory() ? "directory" : "file",
        path);
  }

  @Override
  public FileVisitResult visitFileFailed(Path path, IOException refusal) throws IOException {
    if (told.isEmpty()) {
      throw refusal;
    }
    return told(Outcome.of(refusal), path);
  }

  @Override
  public FileVisitResult postVisitDirectory(Path path, IOException refusal) {
    return told("out of", path);
  }
}
