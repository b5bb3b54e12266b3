package io.duckpond.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.directory.DirectoryState;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.names.NameMap;
import io.duckpond.node.Attributes;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import io.duckpond.oplog.TestLog;
import io.duckpond.path.EntryName;
import io.duckpond.view.Tree;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ContentRootTest {

  @Test
  void isWhatTheDesignSaysByteForByte() throws IOException {
    // /b        directory 0750 { deep file 0600 "x" }
    // /é        link 0777 -> b
    // /𐍈        empty file 0644; above é in UTF-8, below U+FFxx in UTF-16
    // /ｚ        directory 0 {}
    Memory tree = new Memory();
    NodeId b = tree.directory(NodeId.ROOT, "b", 0750);
    tree.add(b, "deep file", file(0600, "x"));
    tree.add(
        NodeId.ROOT, "é", new Entry.Symlink(TestLog.node(70), new Attributes(0777, 5), 1, "b"));
    tree.add(NodeId.ROOT, "\uD800\uDF48", file(0644, ""));
    tree.directory(NodeId.ROOT, "\uFF5A", 0);

    byte[] ofB = hash(entry("deep file", 1, 0600, hash("x".getBytes(UTF_8))));
    byte[] expected =
        hash(
            entry("b", 2, 0750, ofB),
            entry("é", 3, 0777, hash("b".getBytes(UTF_8))),
            entry("\uFF5A", 2, 0, hash()),
            entry("\uD800\uDF48", 1, 0644, hash(new byte[0])));

    assertThat(ContentRoot.of(tree)).isEqualTo(Sha256.from(expected));
    assertThat(ContentRoot.of(new Memory()).hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void idsTimesVersionsAndPlacesDoNotMatter() throws IOException {
    Memory one = new Memory();
    Memory other = new Memory();
    other.directory(NodeId.ROOT, "shift the ids", 0);
    other.remove(NodeId.ROOT, "shift the ids");
    for (Memory tree : new Memory[] {one, other}) {
      tree.add(tree.directory(NodeId.ROOT, "d", 0755), "f", file(0644, "same"));
    }
    Entry.File moved =
        new Entry.File(
            TestLog.node(999),
            NodeType.FILE,
            new Attributes(0644, 77),
            8,
            4,
            Sha256.of("same".getBytes(UTF_8)),
            new ContentLocator.Logged("elsewhere", 9));
    other.add(other.child(NodeId.ROOT, "d"), "f", moved);

    assertThat(ContentRoot.of(other)).isEqualTo(ContentRoot.of(one));
  }

  @Test
  void anyDifferenceMatters() throws IOException {
    Memory one = new Memory();
    one.add(NodeId.ROOT, "f", file(0644, "same"));
    Sha256 root = ContentRoot.of(one);

    for (Entry other : new Entry[] {file(0645, "same"), file(0644, "Same")}) {
      Memory changed = new Memory();
      changed.add(NodeId.ROOT, "f", other);
      assertThat(ContentRoot.of(changed)).isNotEqualTo(root);
    }
    Memory renamed = new Memory();
    renamed.add(NodeId.ROOT, "g", file(0644, "same"));
    assertThat(ContentRoot.of(renamed)).isNotEqualTo(root);
  }

  @Test
  void aTreeDeeperThanAnyStackIsHashed() throws IOException {
    Memory tree = new Memory();
    NodeId at = NodeId.ROOT;
    for (int i = 0; i < 50_000; i++) {
      at = tree.directory(at, "d", 0755);
    }

    assertThat(ContentRoot.of(tree)).isNotNull();
  }

  private static Entry.File file(int mode, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new Entry.File(
        TestLog.node(50),
        NodeType.FILE,
        new Attributes(mode, 123),
        1,
        bytes.length,
        Sha256.of(bytes),
        new ContentLocator.Logged("p", 1));
  }

  private static byte[] entry(String name, int type, int mode, byte[] hash) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(name.getBytes(UTF_8).length);
      out.write(name.getBytes(UTF_8));
      out.writeByte(type);
      out.writeShort(mode);
      out.write(hash);
    }
    return bytes.toByteArray();
  }

  private static byte[] hash(byte[]... parts) {
    MessageDigest digest = Sha256.digest();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  /** A tree that is nowhere else. */
  private static final class Memory implements Tree {
    private final Map<NodeId, DirectoryState> states = new HashMap<>();
    private long nextNode = 1000;

    Memory() {
      states.put(NodeId.ROOT, DirectoryState.EMPTY);
    }

    NodeId directory(NodeId parent, String name, int mode) {
      NodeId node = TestLog.node(nextNode++);
      states.put(node, DirectoryState.EMPTY);
      add(parent, name, new Entry.Directory(node, new Attributes(mode, nextNode)));
      return node;
    }

    void add(NodeId parent, String name, Entry entry) {
      change(parent, directory(parent).entries().plus(new EntryName(name), entry));
    }

    void remove(NodeId parent, String name) {
      change(parent, directory(parent).entries().minus(new EntryName(name)));
    }

    private void change(NodeId directory, NameMap<Entry> entries) {
      states.put(directory, new DirectoryState(1, Optional.empty(), entries));
    }

    NodeId child(NodeId parent, String name) {
      return directory(parent).get(new EntryName(name)).orElseThrow().child();
    }

    @Override
    public long txnSeq() {
      return 1;
    }

    @Override
    public DirectoryState directory(NodeId directory) {
      DirectoryState state = states.get(directory);
      if (state == null) {
        throw new IllegalStateException("no directory " + directory);
      }
      return state;
    }

    @Override
    public void loadAll() {}

    @Override
    public InputStream open(Entry.File entry, String path) throws IOException {
      throw new IOException("no bytes");
    }
  }
}
