package io.duckpond.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.duckpond.WorkingDirectory;
import io.duckpond.directory.DirectoryState;
import io.duckpond.glob.BruteForce;
import io.duckpond.glob.GlobMatch;
import io.duckpond.glob.GlobOptions;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodePath;
import io.duckpond.path.Resolution;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of filesystem.md, "Globs", row by row, and its rules, on trees. */
class GlobSearchTest {

  private final Scene scene = Scene.empty();
  private final WorkingDirectory root = scene.root;

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/a/file*.txt /a/file1.txt[1];/a/file2.txt[2]",
        "/**/*.txt /a/b/c/file4.txt[a,b,c,file4];/a/b/file3.txt[a,b,file3];"
            + "/a/d/file5.txt[a,d,file5];/a/file1.txt[a,file1];/a/file2.txt[a,file2]",
        "/**/file4.txt /a/b/c/file4.txt[a,b,c]",
        "/*/*.dat /a/other.dat[a,other]",
        "/a/{b,d}/*.txt /a/b/file3.txt[b,file3];/a/d/file5.txt[d,file5]",
        "/a/file[1-2].txt /a/file1.txt[1];/a/file2.txt[2]",
        "/ /[]",
        "/a /a[]",
        "a/b/ /a/b[]",
        "/a/*/ /a/b[b];/a/d[d]",
        "/a/b/** /a/b/c[c];/a/b/c/file4.txt[c,file4.txt];/a/b/file3.txt[file3.txt]",
        "/a/b/../d/* /a/d/file5.txt[file5.txt]",
        "/a/other.dat/ ''",
        "/a/other.dat/* ''",
        "/none/* ''",
        "/none/../* ''"
      })
  void findsInOrderWithCaptures(String pattern, String expected) throws IOException {
    scene.file("/a/file1.txt").file("/a/file2.txt").file("/a/other.dat");
    scene.file("/a/b/file3.txt").file("/a/b/c/file4.txt").file("/a/d/file5.txt");

    assertThat(String.join(";", found(root, pattern))).isEqualTo(expected);
  }

  @Test
  void relativePatternsStartAtTheWorkingDirectory() throws IOException {
    scene.file("/a/b/f").file("/f").link("/a/out", "/f");

    assertThat(found(root.open("/a"), "*/f")).containsExactly("/a/b/f[b]");
    assertThat(found(root.open("/a"), "/f")).containsExactly("/f[]");
    assertThat(found(root.open("/a").chroot(), "/**"))
        .containsExactly("/b[b]", "/b/f[b,f]", "/out[out]");
  }

  @Test
  void linkIsFollowedInTheMiddleAndNotAtTheEnd() throws IOException {
    scene.file("/a/f").link("/l", "a").link("/x", "a/f").link("/broken", "none");
    scene.link("/loop", "loop");

    assertThat(found(root, "/*"))
        .containsExactly("/a[a]", "/broken[broken]", "/l[l]", "/loop[loop]", "/x[x]");
    assertThat(root.glob("/l").map(match -> match.entry().type().storedName()))
        .containsExactly("symlink");
    assertThat(found(root, "/l/*")).containsExactly("/l/f[f]");
    assertThat(found(root, "/*/")).containsExactly("/a[a]", "/l[l]");
    assertThat(found(root, "/{loop,broken,x}/*")).isEmpty();
    assertThat(texts(root.glob("/**", GlobOptions.DEFAULT.keepingLinks())))
        .contains("/a/f[a,f]", "/l[l]")
        .doesNotContain("/l/f[l,f]");
  }

  @Test
  void nodeIsFoundOnceHoweverManyLinksLeadThere() throws IOException {
    scene
        .file("/a/f")
        .link("/a/self", ".")
        .link("/b", "a")
        .link("/a/up", "..")
        .link("/c/a", "../a");

    assertThat(found(root, "/**/f")).containsExactly("/a/f[a]");
    assertThat(found(root, "/**"))
        .containsExactly(
            "/a[a]", "/a/f[a,f]", "/a/self[a,self]", "/a/up[a,up]", "/b[b]", "/c[c]", "/c/a[c,a]");
    assertThat(found(root, "/a/self/self/up/c/a/f")).containsExactly("/a/self/self/up/c/a/f[]");
    assertThat(found(root, "/{a,b}/f")).containsExactly("/a/f[a]");
  }

  @Test
  void hiddenNamesMustBeAskedFor() throws IOException {
    scene.file("/a/.x/f").file("/a/.g").file("/a/h");

    assertThat(found(root, "/a/**")).containsExactly("/a/h[h]");
    assertThat(found(root, "/a/.*/*")).containsExactly("/a/.x/f[x,f]");
    assertThat(texts(root.glob("/a/**", GlobOptions.DEFAULT.withAllNames())))
        .containsExactly("/a/.g[.g]", "/a/.x[.x]", "/a/.x/f[.x,f]", "/a/h[h]");
  }

  @Test
  void namesThatLookLikePatternsAreFoundByTheirEscapes() throws IOException {
    scene.file("/a*b").file("/axb").file("/{x}").file("/new\nline").file("/🦆");

    assertThat(found(root, "/a\\*b")).containsExactly("/a*b[]");
    assertThat(found(root, "/\\{*\\}")).containsExactly("/{x}[x]");
    assertThat(found(root, "/*\n*")).containsExactly("/new\nline[new,line]");
    assertThat(found(root, "/?")).containsExactly("/🦆[🦆]");
  }

  @Test
  void seesWhatTheTransactionDid() throws IOException {
    scene.file("/a/f").commit();
    scene.root.rename("/a/f", "/a/g");

    assertThat(found(root, "/a/*")).containsExactly("/a/g[g]");
    assertThat(found(TreeWorkingDirectory.of(scene.pin), "/a/*")).containsExactly("/a/f[f]");
  }

  @Test
  void aMatchKnowsThePathByWhichItWasReachedAndALookupWhereTheNodeIs() throws IOException {
    scene.file("/a/f").link("/l", "a");

    NodePath matched = root.glob("/l/*").findFirst().orElseThrow().node();
    assertThat(matched.path()).isEqualTo("/l/f");
    assertThat(matched.dirname()).isEqualTo("/l");
    assertThat(matched.basename()).isEqualTo("f");

    assertThat(root.lookup(matched.path()))
        .isInstanceOfSatisfying(
            Resolution.Found.class,
            found -> assertThat(found.node()).isEqualTo(new NodePath("/a/f", matched.entry())));
  }

  @Test
  void onlyDirectoriesThatCanMatchAreLoadedAndThoseWhenTheirTurnComes() throws IOException {
    scene.file("/a/x/f").file("/b/x/f").file("/b/y/g").file("/c/x/f").commit();
    CountingTree tree = new CountingTree(scene.pin);
    WorkingDirectory counted = TreeWorkingDirectory.of(tree);

    try (Stream<GlobMatch> matches = counted.glob("/[ab]/x/*")) {
      assertThat(matches.findFirst()).map(GlobMatch::path).contains("/a/x/f");
    }
    assertThat(tree.loaded).containsOnlyOnce(id("/a"), id("/a/x")).doesNotContain(id("/b"));

    tree.loaded.clear();
    assertThat(found(counted, "/[ab]/x/*")).hasSize(2);
    assertThat(tree.loaded).containsOnlyOnce(id("/b"), id("/b/x"));
    assertThat(tree.loaded).doesNotContain(id("/b/y"), id("/c"), id("/c/x"));
  }

  @Test
  void whatCannotBeReadEndsTheStreamWithTheRefusal() throws IOException {
    scene.file("/a/f").file("/b/f").commit();
    CountingTree tree = new CountingTree(scene.pin);
    tree.refused = id("/b");

    List<String> seen = new ArrayList<>();
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(
            () ->
                TreeWorkingDirectory.of(tree).glob("/*/f").forEach(match -> seen.add(match.path())))
        .havingCause()
        .withMessage("refused");
    assertThat(seen).containsExactly("/a/f");
  }

  @Test
  void visitorSeesMatchesAndEndsTheSearch() throws IOException {
    scene.file("/a").file("/b");
    List<String> seen = new ArrayList<>();

    root.visit("/*", match -> seen.add(match.path()));
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(
            () ->
                root.visit(
                    "/*",
                    match -> {
                      throw new FileSystemException(match.path());
                    }))
        .withMessage("/a");

    assertThat(seen).containsExactly("/a", "/b");
  }

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void findsWhatTryingEveryPathFinds(long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      String path = path(random, List.of("a", "b", "ab", "aab", "c.x"));
      if (!root.exists(path) && isFree(path)) {
        scene.file(path);
      }
    }
    List<String> paths = new ArrayList<>(root.walk("/").keySet());

    for (int i = 0; i < 100; i++) {
      String pattern =
          path(
              random,
              List.of("a", "ab", "*", "a*", "*b", "**", "**", "?", "{a,ab}*", "[!b]*", "*.x"));
      List<String> expected = new ArrayList<>();
      for (String found : paths) {
        BruteForce.path(pattern.substring(1), found)
            .ifPresent(captures -> expected.add("/" + found + text(captures)));
      }

      assertThat(found(root, pattern)).as("seed %d, %s", seed, pattern).isEqualTo(expected);
    }
  }

  private boolean isFree(String path) throws IOException {
    for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
      String above = path.substring(0, slash);
      if (root.exists(above) && !(root.metadata(above) instanceof Entry.Directory)) {
        return false;
      }
    }
    return true;
  }

  private static String path(Random random, List<String> names) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i <= random.nextInt(5); i++) {
      path.append('/').append(names.get(random.nextInt(names.size())));
    }
    return path.toString();
  }

  private NodeId id(String path) throws IOException {
    return root.metadata(path).child();
  }

  private static List<String> found(WorkingDirectory from, String pattern) throws IOException {
    return texts(from.glob(pattern));
  }

  private static List<String> texts(Stream<GlobMatch> matches) {
    return matches.map(match -> match.path() + text(match.captures())).toList();
  }

  private static String text(List<String> captures) {
    return "[" + String.join(",", captures) + "]";
  }

  /** Notes which directories it is asked for, and refuses one. */
  private static final class CountingTree implements Tree {
    private final Tree tree;
    private final List<NodeId> loaded = new ArrayList<>();
    private NodeId refused = new NodeId(1, 1);

    CountingTree(Tree tree) {
      this.tree = tree;
    }

    @Override
    public long txnSeq() {
      return tree.txnSeq();
    }

    @Override
    public DirectoryState directory(NodeId directory) throws IOException {
      if (directory.equals(refused)) {
        throw new IOException("refused");
      }
      loaded.add(directory);
      return tree.directory(directory);
    }

    @Override
    public void loadAll() throws IOException {
      tree.loadAll();
    }

    @Override
    public InputStream open(Entry.File entry, String path) throws IOException {
      return tree.open(entry, path);
    }
  }
}
