package io.duckpond.oplog;

import io.duckpond.CheckMode;
import io.duckpond.Finding;
import io.duckpond.Progress;
import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.arrow.TransactionCodec;
import io.duckpond.journal.check.CheckDepth;
import io.duckpond.journal.check.DamagedFile;
import io.duckpond.journal.check.RecordVisitor;
import io.duckpond.journal.check.TableCheck;
import io.duckpond.journal.check.TableReport;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.node.ContentLocator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Looks for damage in the files of a pond's log, which need not be one that can be opened. */
public final class LogCheck implements AutoCloseable {
  private static final long ARROW_BYTES = 512L << 20;

  private final Machine machine;
  private final Path directory;
  private final RecordCodec records = new RecordCodec(OplogSchema.ENTRY, ARROW_BYTES);
  private final TransactionCodec descriptions = new TransactionCodec(ARROW_BYTES);
  private final EventReader events = new EventReader(records, new OplogCodec());

  /** Of the log in a folder. */
  public LogCheck(Machine machine, Path directory) {
    this.machine = machine;
    this.directory = directory;
  }

  /**
   * What was found.
   *
   * @param findings whose subjects are relative to the pond's folder
   * @param sound whether all that the log's entries say can be relied on
   * @param txnSeq the last transaction before anything in the log is damaged; 0 if there is none
   * @param files data files looked at
   * @param bytes bytes of records read
   */
  public record Report(
      List<Finding> findings,
      List<DamagedPart> damagedParts,
      boolean sound,
      long txnSeq,
      long files,
      long bytes) {
    public Report {
      findings = List.copyOf(findings);
      damagedParts = List.copyOf(damagedParts);
    }
  }

  /** A data file of which something cannot be read. */
  public interface DamagedPart {

    /** Returns what findings call it. */
    String subject();

    /** Returns the directories whose events it held; empty if that is not known. */
    Optional<Set<String>> partitions();

    /** Returns false only if it surely held no row of that place. */
    boolean mayHold(ContentLocator.Logged place);
  }

  /**
   * Checks, and hands out what can be read, from up to {@code parallelism} tasks on {@code
   * executor}.
   *
   * @param fresh gives a visitor that has seen nothing; called again if another process has moved
   *     on the log, so that the check begins anew
   * @throws java.nio.file.NoSuchFileException if there is no log, nor anything left of one
   */
  public Report run(
      CheckMode mode,
      Supplier<? extends LogVisitor> fresh,
      Executor executor,
      int parallelism,
      Progress progress)
      throws IOException {
    TableReport report =
        new TableCheck(machine, directory)
            .depth(mode == CheckMode.DEEP ? CheckDepth.EVERY_BYTE : CheckDepth.LOG)
            .visiting(() -> new Decoder(mode, fresh.get()))
            .telling((files, bytes) -> progress.at("data files", files, bytes))
            .run(executor, parallelism);
    return new Report(
        report.findings().stream().map(this::finding).toList(),
        report.damagedFiles().stream().map(this::damagedPart).toList(),
        report.logIsSound(),
        report.txnSeq(),
        report.files(),
        report.bytes());
  }

  private Finding finding(io.duckpond.journal.check.Finding found) {
    return Finding.of(
        Finding.Kind.valueOf(found.kind().name()),
        found.damage(),
        subject(found.file()),
        found.expected(),
        found.found(),
        found.advice());
  }

  private String subject(String file) {
    return directory.getFileName() + "/" + file;
  }

  private DamagedPart damagedPart(DamagedFile file) {
    String subject = subject(file.name());
    return new DamagedPart() {
      @Override
      public String subject() {
        return subject;
      }

      @Override
      public Optional<Set<String>> partitions() {
        return file.keys()
            .map(
                keys ->
                    keys.stream()
                        .filter(key -> key.kind() == RecordKind.EVENT)
                        .map(DamagedFile.Key::partId)
                        .collect(Collectors.toCollection(TreeSet::new)));
      }

      @Override
      public boolean mayHold(ContentLocator.Logged place) {
        return file.mayHold(place.partId(), place.seqNr());
      }
    };
  }

  @Override
  public void close() {
    descriptions.close();
    records.close();
  }

  /** From records to what they hold. */
  private final class Decoder implements RecordVisitor {
    private final CheckMode mode;
    private final LogVisitor visitor;

    Decoder(CheckMode mode, LogVisitor visitor) {
      this.mode = mode;
      this.visitor = visitor;
    }

    @Override
    public Set<RecordKind> kinds() {
      return mode == CheckMode.DEEP
          ? EnumSet.allOf(RecordKind.class)
          : EnumSet.of(RecordKind.EVENT);
    }

    @Override
    public void visit(LogRecord record) {
      switch (record.kind()) {
        case EVENT -> events.read(record, visitor::event);
        case ATTACHMENT -> records.decode(record, row -> attachment(record, row));
        case TRANSACTION ->
            TransactionDescription.decode(
                descriptions.decode(record), record.txnSeq(), record.timestampMicros());
        case DELETION -> descriptions.decode(record);
      }
    }

    private void attachment(LogRecord record, InnerRow row) {
      OplogEntry entry = OplogCodec.attachment(row);
      boolean staged = row.seqNr() == 0;
      ContentLocator.Logged place =
          new ContentLocator.Logged(record.partId(), staged ? record.version() : row.seqNr());
      if (entry instanceof OplogEntry.SmallFile file) {
        Verification.check(record, file);
        visitor.smallFile(place, file);
      } else if (entry instanceof OplogEntry.Pieces pieces) {
        visitor.pieces(place, pieces);
      }
    }
  }
}
