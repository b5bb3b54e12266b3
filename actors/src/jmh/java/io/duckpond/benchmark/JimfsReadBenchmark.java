package io.duckpond.benchmark;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** P7: the same script on jimfs. */
@State(Scope.Benchmark)
public class JimfsReadBenchmark {
  private final String[] files = BenchmarkTree.fileScript();
  private final String[] directories = BenchmarkTree.directoryScript();
  private FileSystem jimfs;
  private Path[] filePaths;
  private Path[] directoryPaths;

  /** Whether every path is made from text, or was made before the measurement. */
  @Param({"text", "path"})
  public String given = "";

  /** Makes the tree. */
  @Setup
  public void make() throws IOException {
    jimfs = Jimfs.newFileSystem(Configuration.unix());
    for (String directory : BenchmarkTree.directories()) {
      Files.createDirectory(jimfs.getPath(directory));
      for (String file : BenchmarkTree.files(directory)) {
        Files.createFile(jimfs.getPath(directory, file));
      }
    }
    filePaths = Arrays.stream(files).map(jimfs::getPath).toArray(Path[]::new);
    directoryPaths = Arrays.stream(directories).map(jimfs::getPath).toArray(Path[]::new);
  }

  /** Where a thread is in the scripts. */
  @State(Scope.Thread)
  public static class Position {
    private int at;
  }

  private Path next(Position position, String[] texts, Path[] paths) {
    int at = position.at++ & (texts.length - 1);
    return given.equals("text") ? jimfs.getPath(texts[at]) : paths[at];
  }

  /** Finds a file. */
  @Benchmark
  public boolean lookup(Position position) {
    return Files.exists(next(position, files, filePaths));
  }

  /** Returns what is known of a file. */
  @Benchmark
  public long stat(Position position, Blackhole hole) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(next(position, files, filePaths), BasicFileAttributes.class);
    hole.consume(attributes.isDirectory());
    return attributes.lastModifiedTime().toMillis();
  }

  /** Goes through the names of a directory. */
  @Benchmark
  public void list(Position position, Blackhole hole) throws IOException {
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(next(position, directories, directoryPaths))) {
      for (Path entry : entries) {
        hole.consume(entry.getFileName());
      }
    }
  }

  /** Closes the filesystem. */
  @TearDown
  public void close() throws IOException {
    jimfs.close();
  }
}
