package io.duckpond.journal.attachment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.journal.disk.Sha256;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** An attachment that is still to be stored. */
final class NewAttachment implements Attachment {
  private final String name;
  private final byte[] bytes;
  private final Sha256 sha256;

  NewAttachment(String name, byte[] bytes) {
    if (!new String(name.getBytes(UTF_8), UTF_8).equals(name)) {
      throw new IllegalArgumentException("a name that is no Unicode: " + name);
    }
    this.name = name;
    this.bytes = bytes;
    this.sha256 = Sha256.of(bytes);
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public Sha256 sha256() {
    return sha256;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public String toString() {
    return "Attachment(" + name + ", " + bytes.length + " bytes)";
  }
}
