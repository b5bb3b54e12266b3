package io.duckpond.journal.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.delta.kernel.Meta;
import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.SnapshotBuilder;
import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.internal.json.JsonUtils;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.CommitInfo;
import io.delta.kernel.internal.actions.DomainMetadata;
import io.delta.kernel.internal.actions.RemoveFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.checkpoints.CheckpointMetaData;
import io.delta.kernel.internal.checkpoints.Checkpointer;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.replay.CreateCheckpointIterator;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.transaction.DataLayoutSpec;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.engine.DiskEngine;
import io.duckpond.journal.engine.LogEntry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The table as Delta Kernel sees it; the only class that touches the kernel's internals. Tags of
 * data files are named here and nowhere else.
 */
final class KernelTable {
  private static final String WRITER = "duckpond-journal";
  private static final String ENGINE_INFO = "Kernel-" + Meta.KERNEL_VERSION + "/" + WRITER;
  private static final String TAG_SHA256 = "io.duckpond.sha256";
  private static final String TAG_TAIL = "io.duckpond.tail";
  private static final String TAG_RECORDS = "io.duckpond.records";
  private static final String TAG_PART_IDS = "io.duckpond.part-ids";
  private static final String TAG_TXN_SEQ = "io.duckpond.txn-seq";
  private static final String TAG_TIMESTAMP = "io.duckpond.timestamp";
  private static final String TAG_POSITION = "io.duckpond.position";
  private static final String TAG_RUN = "io.duckpond.run";

  private final DiskEngine engine;
  private final Path directory;

  KernelTable(DiskEngine engine, Path directory) {
    this.engine = engine;
    this.directory = directory;
  }

  /**
   * The table as it is without what its log has below version {@code from}, and without the
   * checkpoints of the versions {@code passedOver}.
   */
  KernelTable(Machine machine, Path directory, long from, Set<Long> passedOver) {
    this(new DiskEngine(machine, name -> isVisible(name, from, passedOver)), directory);
  }

  private static boolean isVisible(String name, long from, Set<Long> passedOver) {
    long version = LogListing.versionOf(name);
    return version >= Math.max(0, from)
        && (LogListing.isEntry(name) || !passedOver.contains(version));
  }

  /** What a version of the table is, apart from its rows. */
  record Loaded(
      Snapshot snapshot,
      long checkpoint,
      List<DataFile> files,
      long bytes,
      Map<String, String> properties,
      Optional<JournalHead> head) {

    /**
     * Fails with a {@link DamageException} unless the version lists the files that were committed,
     * and the table has the properties it had: what a checkpoint, or the way from it, has lost or
     * made up, the newest commit of ours knows.
     */
    void requireInventory(Path table) {
      Inventory found = Inventory.of(files);
      Inventory expected = head.map(JournalHead::inventory).orElse(found);
      if (!found.equals(expected)) {
        throw new DamageException(
            String.format(
                "%s is damaged: version %d lists, by way of checkpoint %d, other files than were"
                    + " committed: expected %s, found %s",
                LogListing.folder(table), snapshot.getVersion(), checkpoint, expected, found));
      }
      Optional<Sha256> known = head.flatMap(JournalHead::properties);
      if (known.isPresent() && !known.get().equals(digest(properties))) {
        throw new DamageException(
            String.format(
                "%s is damaged: version %d has, by way of checkpoint %d, other table properties"
                    + " than were committed: expected SHA-256 %s, found %s of %s",
                LogListing.folder(table),
                snapshot.getVersion(),
                checkpoint,
                known.get(),
                digest(properties),
                properties));
      }
    }
  }

  /** A data file to add, with the statistics that go into the log. */
  record Addition(DataFile file, long modifiedMillis, DataFileStatistics statistics) {}

  /**
   * What a commit makes of the list of data files.
   *
   * @param removals files whose rows stand in those that are added, all that are still wanted
   * @param millis when they are removed
   * @param changesRows whether the table holds other rows than before
   */
  record Change(
      List<Addition> additions, List<DataFile> removals, long millis, boolean changesRows) {
    static Change of(List<Addition> additions) {
      return new Change(additions, List.of(), 0, /* changesRows= */ true);
    }

    List<DataFile> added() {
      return additions.stream().map(Addition::file).toList();
    }
  }

  /** Writes version 0, which fails if there is one. */
  void create(Map<String, String> properties, JournalHead head) {
    Map<String, String> all = new HashMap<>(properties);
    all.putIfAbsent(LogTable.APPEND_ONLY, "true");
    all.put("delta.dataSkippingNumIndexedCols", String.valueOf(RecordSchema.KEY_COLUMNS));
    all.putIfAbsent(LogTable.CHECKPOINT_INTERVAL, "100");
    all.put("delta.enableExpiredLogCleanup", "false");
    all.put("delta.feature.domainMetadata", "supported");
    Transaction transaction =
        TableManager.buildCreateTableTransaction(directory.toString(), RecordSchema.DELTA, WRITER)
            .withTableProperties(all)
            .withDataLayoutSpec(DataLayoutSpec.clustered(RecordSchema.CLUSTERING))
            .withMaxRetries(0)
            .build(engine);
    transaction.addDomainMetadata(JournalHead.DOMAIN, head.format());
    transaction.commit(engine, CloseableIterable.emptyIterable());
  }

  /** Returns the digest of a table's properties; part of the stored format. */
  static Sha256 digest(Map<String, String> properties) {
    String lines =
        properties.entrySet().stream()
            .map(property -> property.getKey() + "=" + property.getValue() + "\n")
            .sorted()
            .collect(Collectors.joining());
    return Sha256.of(lines.getBytes(UTF_8));
  }

  /** Returns whether an entry of the log was written by this program, trailer or not. */
  static boolean isOurs(String writer) {
    return writer.endsWith("/" + WRITER);
  }

  /** Reads a version, the newest if none is given. */
  Loaded load(Optional<Long> version) throws IOException {
    SnapshotBuilder builder = TableManager.loadSnapshot(directory.toString());
    Snapshot snapshot =
        (version.isPresent() ? builder.atVersion(version.get()) : builder).build(engine);
    List<DataFile> files = new ArrayList<>();
    ScanImpl scan = (ScanImpl) snapshot.getScanBuilder().build();
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine, true)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          while (rows.hasNext()) {
            files.add(file(rows.next()));
          }
        }
      }
    }
    files.sort(Comparator.comparing(DataFile::position));
    long bytes = files.stream().mapToLong(DataFile::size).sum();
    return new Loaded(
        snapshot,
        snapshot.getLogSegment().getCheckpointVersionOpt().orElse(-1L),
        files,
        bytes,
        snapshot.getTableProperties(),
        snapshot
            .getDomainMetadata(JournalHead.DOMAIN)
            .map(domain -> JournalHead.parse(domain, directory.toString())));
  }

  private static Set<DomainMetadata> domains(Snapshot snapshot) {
    return Set.copyOf(((SnapshotImpl) snapshot).getActiveDomainMetadataMap().values());
  }

  private DataFile file(Row scanRow) {
    AddFile add = new AddFile(scanRow.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL));
    return dataFile(
        directory,
        add.getPath(),
        add.getSize(),
        add.getTags().map(KernelTable::strings).orElse(Map.of()),
        add.getStats(RecordSchema.DELTA));
  }

  /** Returns a data file as an entry of the log names it. */
  static DataFile dataFile(Path directory, LogEntry.Added added) {
    return dataFile(
        directory,
        added.path(),
        added.size(),
        added.tags(),
        added.statistics().isEmpty()
            ? Optional.empty()
            : DataFileStatistics.deserializeFromJson(added.statistics(), RecordSchema.DELTA));
  }

  private static DataFile dataFile(
      Path directory,
      String path,
      long size,
      Map<String, String> tags,
      Optional<DataFileStatistics> statistics) {
    Optional<DataFile.Assigned> assigned = Optional.empty();
    if (tags.containsKey(TAG_TXN_SEQ)) {
      assigned =
          Optional.of(
              new DataFile.Assigned(number(tags, TAG_TXN_SEQ), number(tags, TAG_TIMESTAMP)));
    }
    return new DataFile(
        nameOf(directory, path),
        size,
        KeyRange.of(statistics),
        Optional.ofNullable(tags.get(TAG_PART_IDS)).flatMap(PartIdFilter::parse),
        Optional.ofNullable(tags.get(TAG_SHA256)).map(Sha256::parse),
        Optional.ofNullable(tags.get(TAG_TAIL)).map(FileTail::parse),
        assigned,
        position(tags),
        Optional.ofNullable(tags.get(TAG_RUN)).flatMap(Run::parse));
  }

  /** Returns the name within the table of a path as the log writes it. */
  static String nameOf(Path directory, String uri) {
    String path = URI.create(uri).getPath();
    Path file = directory.resolve(path).normalize();
    if (!file.startsWith(directory)) {
      throw new DamageException(
          directory + " is damaged: expected data files inside it, found " + path);
    }
    return path;
  }

  private static DataFile.Position position(Map<String, String> tags) {
    String position = tags.get(TAG_POSITION);
    if (position == null) {
      return new DataFile.Position(Long.MAX_VALUE, 0); // of another program, after all of ours
    }
    String[] parts = position.split("\\.", 2);
    return new DataFile.Position(Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
  }

  private static long number(Map<String, String> tags, String name) {
    return Long.parseLong(tags.getOrDefault(name, "0"));
  }

  private static Map<String, String> strings(MapValue map) {
    return VectorUtils.toJavaMap(map);
  }

  /** Fails, with an exception of the kernel, if it would not write to a table like this version. */
  void requireWritable(Snapshot snapshot) {
    Transaction unused =
        snapshot.buildUpdateTableTransaction(WRITER, Operation.WRITE).build(engine);
  }

  /**
   * Writes the entry of a version and returns its digest; fails with {@link
   * FileAlreadyExistsException} if there is one.
   *
   * <p>The actions are the kernel's, and so is their JSON, but not by its transactions: each of
   * those makes the snapshot that follows, which takes more time than all of the entry and grows
   * with the distance from the last checkpoint. Nothing here needs one: the table changes in no
   * other way than by its data files and our own domain, and who was first is for the link to say.
   *
   * @param id of this commit, unlike any other
   */
  Sha256 commit(long version, Change change, JournalHead head, long millis, String id)
      throws IOException {
    Operation operation = change.removals().isEmpty() ? Operation.WRITE : Operation.MANUAL_UPDATE;
    List<Row> actions = new ArrayList<>();
    actions.add(
        SingleAction.createCommitInfoSingleAction(
            new CommitInfo(
                    Optional.empty(),
                    millis,
                    Optional.of(ENGINE_INFO),
                    Optional.of(operation.getDescription()),
                    Map.of(),
                    Optional.of(false),
                    Optional.of(id),
                    Map.of())
                .toRow()));
    actions.add(
        SingleAction.createDomainMetadataSingleAction(
            new DomainMetadata(JournalHead.DOMAIN, head.format(), false).toRow()));
    for (DataFile removal : change.removals()) {
      actions.add(SingleAction.createRemoveFileSingleAction(row(removal, change)));
    }
    for (Addition addition : change.additions()) {
      actions.add(SingleAction.createAddFileSingleAction(row(addition, change.changesRows())));
    }
    return engine.writeEntry(
        LogEntry.pathOf(directory, version),
        Utils.toCloseableIterator(actions.stream().map(JsonUtils::rowToJson).iterator()));
  }

  private static Row row(DataFile removal, Change change) {
    Map<Integer, Object> fields = new HashMap<>();
    fields.put(RemoveFile.FULL_SCHEMA.indexOf("path"), removal.name());
    fields.put(RemoveFile.FULL_SCHEMA.indexOf("deletionTimestamp"), change.millis());
    fields.put(RemoveFile.FULL_SCHEMA.indexOf("dataChange"), change.changesRows());
    fields.put(RemoveFile.FULL_SCHEMA.indexOf("extendedFileMetadata"), true);
    fields.put(
        RemoveFile.FULL_SCHEMA.indexOf("partitionValues"),
        VectorUtils.stringStringMapValue(Map.of()));
    fields.put(RemoveFile.FULL_SCHEMA.indexOf("size"), removal.size());
    return new GenericRow(RemoveFile.FULL_SCHEMA, fields);
  }

  private static Row row(Addition addition, boolean dataChange) {
    DataFile file = addition.file();
    Map<String, String> tags = new HashMap<>();
    file.sha256().ifPresent(digest -> tags.put(TAG_SHA256, digest.hex()));
    file.tail().ifPresent(tail -> tags.put(TAG_TAIL, tail.format()));
    tags.put(TAG_RECORDS, String.valueOf(addition.statistics().getNumRecords()));
    file.partIds().ifPresent(filter -> tags.put(TAG_PART_IDS, filter.format()));
    file.assigned()
        .ifPresent(
            transaction -> {
              tags.put(TAG_TXN_SEQ, String.valueOf(transaction.txnSeq()));
              tags.put(TAG_TIMESTAMP, String.valueOf(transaction.timestampMicros()));
            });
    tags.put(TAG_POSITION, file.position().version() + "." + file.position().index());
    file.run().ifPresent(run -> tags.put(TAG_RUN, run.format()));
    return AddFile.createAddFileRow(
        RecordSchema.DELTA,
        file.name(),
        VectorUtils.stringStringMapValue(Map.of()),
        file.size(),
        addition.modifiedMillis(),
        dataChange,
        Optional.empty(),
        Optional.of(VectorUtils.stringStringMapValue(tags)),
        Optional.empty(),
        Optional.empty(),
        Optional.of(addition.statistics()));
  }

  /**
   * Writes what a version holds to {@code file}, as a checkpoint that has no name yet. Any thread,
   * beside commits.
   */
  Draft draftCheckpoint(long version, Path file) throws IOException {
    SnapshotImpl snapshot =
        (SnapshotImpl)
            TableManager.loadSnapshot(directory.toString()).atVersion(version).build(engine);
    CreateCheckpointIterator rows = snapshot.getCreateCheckpointIterator(engine);
    engine.writeCheckpoint(file, rows); // which closes them, as asking for their number demands
    return new Draft(snapshot, rows.getNumberOfAddActions());
  }

  /** A checkpoint that was written: of what, and how many data files it lists. */
  record Draft(Snapshot snapshot, long files) {

    /** Returns whether {@code read}, which was read back from it, is the same table. */
    boolean isSameAs(Loaded read) {
      Snapshot other = read.snapshot();
      return read.checkpoint() == snapshot.getVersion()
          && read.files().size() == files
          && other.getVersion() == snapshot.getVersion()
          && other.getSchema().equals(snapshot.getSchema())
          && other.getTableProperties().equals(snapshot.getTableProperties())
          && ((SnapshotImpl) other).getProtocol().equals(((SnapshotImpl) snapshot).getProtocol())
          && domains(other).equals(domains(snapshot));
    }
  }

  /** Tells other programs where the newest checkpoint is; ours look at the names. */
  void nameLastCheckpoint(Draft written) throws IOException {
    io.delta.kernel.internal.fs.Path log =
        new io.delta.kernel.internal.fs.Path(LogListing.folder(directory).toString());
    new Checkpointer(log)
        .writeLastCheckpointFile(
            engine,
            new CheckpointMetaData(
                written.snapshot().getVersion(), written.files(), Optional.empty()));
  }
}
