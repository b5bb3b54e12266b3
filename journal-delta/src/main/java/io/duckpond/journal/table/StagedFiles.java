package io.duckpond.journal.table;

import io.duckpond.journal.disk.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Files of a table that are written ahead of the commit that lists them: bulk bytes, and
 * transactions too large for a flush. Until then they have a draft's name; what nobody lists is
 * removed by a later writer. Any thread.
 */
public final class StagedFiles {
  private final Disk disk;
  private final Path directory;
  private final TimeOrderedIds ids;
  private final FlushFiles files;
  private final Drafts drafts;
  private final Supplier<TableVersion> head;

  StagedFiles(
      Disk disk,
      Path directory,
      TimeOrderedIds ids,
      FlushFiles files,
      Drafts drafts,
      Supplier<TableVersion> head) {
    this.disk = disk;
    this.directory = directory;
    this.ids = ids;
    this.files = files;
    this.drafts = drafts;
    this.head = head;
  }

  /** Starts a staged file. */
  public StagedFileWriter begin() throws IOException {
    return begin(ids.next());
  }

  /** Starts a staged file in place of one that could not be finished, for the same partition id. */
  public StagedFileWriter begin(String partId) throws IOException {
    return drafts.begin(partId);
  }

  /**
   * Writes the records of a transaction ahead of its commit, which then only lists the file. Their
   * transaction numbers and timestamps are 0, and read as what the commit gives.
   */
  public PreparedRecords prepare(List<? extends FlushRecord> records) throws IOException {
    return files.prepare(records, drafts.name());
  }

  /**
   * Reads back a staged file; its records have no transaction unless it is listed by a commit that
   * {@link LogTable#head} knows.
   */
  public RecordCursor scan(StagedFile file, ScanRequest request) throws IOException {
    DataFile.Position first = new DataFile.Position(0, 0);
    Flush.Staged unlisted = new Flush.Staged(file, 0, 0);
    DataFile draft = FlushFiles.listing(unlisted, file.name(), first).file();
    FileList alone = FileList.empty().plus(List.of(draft));
    // Once it is listed its draft is gone, and the newest version holds it under another name.
    return new TableVersion(disk, directory, head::get, 0, TableHead.NONE, alone, file.size())
        .scan(request);
  }

  /** Fails if a staged file is no longer there, as when a repair has set it aside. */
  public void demandThere(StagedFile file) throws IOException {
    Path path = directory.resolve(file.name());
    if (disk.stat(path).filter(there -> there.size() == file.size()).isEmpty()) {
      throw new NoSuchFileException(path.toString());
    }
  }

  /** Removes a staged file that no commit lists, nor ever will. */
  public void discard(StagedFile file) throws IOException {
    drafts.discard(file);
  }

  /** Removes what was written ahead if no commit lists it, nor ever will. */
  public void discard(PreparedRecords prepared) {
    drafts.remove(List.of(prepared.name()));
  }
}
