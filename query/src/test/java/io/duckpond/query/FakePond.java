package io.duckpond.query;

import io.duckpond.directory.DirectoryState;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.names.NameMap;
import io.duckpond.node.Attributes;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.OplogRow;
import io.duckpond.oplog.RecordRow;
import io.duckpond.oplog.TransactionRow;
import io.duckpond.path.EntryName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pond of four transactions in memory.
 *
 * <pre>
 * 1  init
 * 2  mkdir /d; put /d/f "hello"; ln -s f /d/l
 * 3  put /notes.txt "abc"; put "/naïve 🦆.txt" ""
 * 4  mv /d/f /moved; put /moved "hello, world" (its second version)
 * </pre>
 */
final class FakePond implements PondSource {

  static final String ROOT = NodeId.ROOT.hex();
  static final NodeId D = id(0xd);
  static final NodeId F = id(0xf);
  static final NodeId L = id(0x1);
  static final NodeId NOTES = id(0x2);
  static final NodeId DUCK = id(0x3);

  /** 2026-11-22T13:00:00Z plus a little. */
  static final long START_MICROS = 1_795_352_400_000_000L + 120_133L;

  final FakeLog log = new FakeLog();
  final FakeTree tree = new FakeTree();
  final List<OplogRow> pending = new ArrayList<>();
  int states;

  FakePond() {
    transaction(1, "init", "", 1, 1, 1, 0);
    transaction(2, "mkdir /d", "a directory", 3, 2, 4, 5);
    transaction(3, "put /notes.txt", "", 2, 1, 3, 3);
    transaction(4, "mv /d/f /moved", "it's moved", 2, 2, 3, 12);

    Entry.Directory d = new Entry.Directory(D, new Attributes(0755, nanos(2)));
    Entry.File f = file(F, 1, "hello", D.hex(), 2);
    Entry.Symlink l = new Entry.Symlink(L, new Attributes(0777, nanos(2)), 1, "f");
    Entry.File notes = file(NOTES, 1, "abc", ROOT, 3);
    Entry.File duck = file(DUCK, 1, "", ROOT, 3);
    Entry.File moved = file(F, 2, "hello, world", ROOT, 4);

    directory(ROOT, 1, 1, 0);
    directory(ROOT, 2, 2, 0, new DirectoryEntry.Put(name("d"), d));
    directory(
        D.hex(),
        1,
        2,
        1,
        new DirectoryEntry.Put(name("f"), f),
        new DirectoryEntry.Put(name("l"), l));
    entry(D.hex(), F.hex(), NodeType.FILE, true, metadata(f), "hello", 1, 2, 2);
    entry(D.hex(), L.hex(), NodeType.SYMLINK, false, "{\"version\":1}", "f", 1, 2, 3);
    directory(
        ROOT,
        3,
        3,
        0,
        new DirectoryEntry.Put(name("naïve 🦆.txt"), duck),
        new DirectoryEntry.Put(name("notes.txt"), notes));
    entry(ROOT, NOTES.hex(), NodeType.FILE, true, metadata(notes), "abc", 3, 3, 1);
    entry(ROOT, DUCK.hex(), NodeType.FILE, true, metadata(duck), "", 3, 3, 2);
    directory(ROOT, 4, 4, 0, new DirectoryEntry.MovedIn(name("moved"), moved, D, name("f")));
    directory(
        D.hex(), 2, 4, 1, new DirectoryEntry.MovedOut(name("f"), f, NodeId.ROOT, name("moved")));
    entry(ROOT, F.hex(), NodeType.FILE, true, metadata(moved), "hello, world", 4, 4, 2);

    record(ROOT, "event", 1, 1, 1, 1);
    record(ROOT, "event", 2, 4, 2, 4);
    record(D.hex(), "event", 1, 2, 2, 4);
    record(D.hex(), "attachment", 1, 1, 2, 2);
    record("", "transaction", 0, 0, 1, 4);

    tree.directories.put(
        NodeId.ROOT,
        new DirectoryState(
            4,
            Optional.of(new Attributes(0755, nanos(1))),
            NameMap.<Entry>empty()
                .plus(name("d"), d)
                .plus(name("moved"), moved)
                .plus(name("naïve 🦆.txt"), duck)
                .plus(name("notes.txt"), notes)));
    tree.directories.put(
        D, new DirectoryState(2, Optional.empty(), NameMap.<Entry>empty().plus(name("l"), l)));
  }

  @Override
  public PondState state() {
    states++;
    return new PondState(log, 4, tree, pending);
  }

  static NodeId id(long low) {
    return new NodeId(0x019a9b0000007000L, 0x8000000000000000L + low);
  }

  static EntryName name(String value) {
    return new EntryName(value);
  }

  static long nanos(long txnSeq) {
    return micros(txnSeq) * 1000 + 7;
  }

  private static long micros(long txnSeq) {
    return START_MICROS + (txnSeq - 1) * 60_000_000;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Entry.File file(NodeId id, long version, String text, String partId, long txnSeq) {
    return new Entry.File(
        id,
        NodeType.FILE,
        new Attributes(0644, nanos(txnSeq)),
        version,
        bytes(text).length,
        Sha256.of(bytes(text)),
        new ContentLocator.Logged(partId, txnSeq));
  }

  static String metadata(Entry.File file) {
    return "{\"version\":%d,\"size\":%d,\"sha256\":\"%s\"}"
        .formatted(file.version(), file.size(), file.sha256().hex());
  }

  private void transaction(
      long txnSeq,
      String command,
      String message,
      long operations,
      long partitions,
      long entries,
      long bytes) {
    log.transactions.add(
        new TransactionRow(
            txnSeq,
            micros(txnSeq),
            command,
            message,
            "ann",
            operations,
            partitions,
            entries,
            bytes));
  }

  private void directory(String id, long seqNr, long txnSeq, int index, DirectoryEntry... changes) {
    OplogRow row =
        new OplogRow(
            id,
            id,
            NodeType.DIRECTORY,
            false,
            "{}",
            new byte[] {1},
            seqNr,
            txnSeq,
            micros(txnSeq),
            index);
    log.entries.add(row);
    log.changes.put(row, List.of(changes));
  }

  private void entry(
      String partId,
      String node,
      NodeType type,
      boolean attachment,
      String metadata,
      String content,
      long seqNr,
      long txnSeq,
      int index) {
    log.entries.add(
        new OplogRow(
            partId,
            node,
            type,
            attachment,
            metadata,
            bytes(content),
            seqNr,
            txnSeq,
            micros(txnSeq),
            index));
  }

  private void record(
      String partId, String kind, long first, long last, long firstTxn, long lastTxn) {
    byte[] content = bytes(kind);
    log.records.add(
        new RecordRow(
            partId,
            kind,
            first,
            last,
            firstTxn,
            lastTxn,
            micros(lastTxn),
            1,
            Sha256.of(content).hex(),
            content));
  }
}
