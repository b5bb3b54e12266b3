package io.duckpond.journal.attachment;

import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.io.InputStream;

/**
 * A reference to an attachment that is in the table: about a hundred bytes, whatever it refers to.
 * It can be read as long as its journal, or the read journal that it comes from, is open; files may
 * be compacted and removed meanwhile. It cannot be serialized: keep its {@link #key}.
 */
public final class StoredAttachment implements Attachment {
  private final AttachmentKey key;
  private final AttachmentList.Entry entry;
  private final StoredAttachments table;

  StoredAttachment(AttachmentKey key, AttachmentList.Entry entry, StoredAttachments table) {
    this.key = key;
    this.entry = entry;
    this.table = table;
  }

  /** Returns what it can be found by. */
  public AttachmentKey key() {
    return key;
  }

  @Override
  public String name() {
    return entry.name();
  }

  @Override
  public long size() {
    return entry.size();
  }

  @Override
  public Sha256 sha256() {
    return entry.sha256();
  }

  @Override
  public InputStream open() throws IOException {
    return table.open(this);
  }

  @Override
  public String toString() {
    return "Attachment(" + key + ", " + entry.name() + ", " + entry.size() + " bytes)";
  }
}
