package io.duckpond.journal.engine;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Walks over a Thrift struct in the compact protocol, as Parquet's metadata is stored, without
 * making anything of it. Thrift's own reader makes a list as long as the list says it is before it
 * has seen one element: five bytes are enough to ask it for gigabytes. After this walk every list,
 * map and string is known to be no longer than the bytes that hold it.
 */
public final class CompactStruct {
  private static final int DEEPEST = 64;
  private static final int STOP = 0;
  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int BYTE = 3;
  private static final int I16 = 4;
  private static final int I64 = 6;
  private static final int DOUBLE = 7;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int SET = 10;
  private static final int MAP = 11;
  private static final int STRUCT = 12;

  private final ByteBuffer bytes;

  private CompactStruct(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /**
   * Fails unless {@code bytes} begin with a whole struct that stays within them; returns how many
   * of them are the struct.
   */
  public static int check(ByteBuffer bytes, String what) throws IOException {
    try {
      CompactStruct walk = new CompactStruct(bytes.duplicate());
      walk.struct(0);
      return walk.bytes.position() - bytes.position();
    } catch (BufferUnderflowException e) {
      throw new IOException(what + " is no whole Thrift struct", e);
    } catch (IllegalArgumentException e) {
      throw new IOException(what + " is no Thrift struct: " + e.getMessage(), e);
    }
  }

  private void struct(int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("structs within structs within structs");
    }
    for (int field = bytes.get(); field != STOP; field = bytes.get()) {
      if ((field & 0xF0) == 0) {
        varint(); // the field's number, where it does not follow from the one before
      }
      int type = field & 0x0F;
      if (type != TRUE && type != FALSE) { // which say their value
        value(type, depth);
      }
    }
  }

  private void value(int type, int depth) {
    switch (type) {
      case TRUE, FALSE, BYTE -> skip(1);
      case I16, I16 + 1, I64 -> varint();
      case DOUBLE -> skip(Double.BYTES);
      case BINARY -> skip(varint());
      case LIST, SET -> {
        int header = bytes.get() & 0xFF;
        long size = header >> 4 == 15 ? varint() : header >> 4;
        elements(size, depth, header & 0x0F);
      }
      case MAP -> {
        long size = varint();
        if (size != 0) {
          int types = bytes.get() & 0xFF;
          elements(size, depth, types >> 4, types & 0x0F);
        }
      }
      case STRUCT -> struct(depth + 1);
      default -> throw new IllegalArgumentException("type " + type);
    }
  }

  private void elements(long size, int depth, int... types) {
    if (size < 0 || size > bytes.remaining()) {
      throw new IllegalArgumentException(size + " elements in " + bytes.remaining() + " bytes");
    }
    for (long i = 0; i < size; i++) {
      for (int type : types) {
        value(type, depth + 1);
      }
    }
  }

  private void skip(long count) {
    if (count < 0 || count > bytes.remaining()) {
      throw new IllegalArgumentException(count + " of " + bytes.remaining() + " bytes");
    }
    bytes.position(bytes.position() + (int) count);
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than 64 bits");
  }
}
