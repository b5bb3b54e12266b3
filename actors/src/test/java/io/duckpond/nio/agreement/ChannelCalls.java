package io.duckpond.nio.agreement;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.duckpond.nio.agreement.Step.ChannelCall;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Makes calls of an open channel; what it refuses does not end them. */
final class ChannelCalls {
  private final NioCalls calls;
  private final SeekableByteChannel channel;
  private final Set<OpenOption> options;

  ChannelCalls(NioCalls calls, SeekableByteChannel channel, Set<OpenOption> options) {
    this.calls = calls;
    this.channel = channel;
    this.options = options;
  }

  /** Returns what each call returned, and where the channel stands after it. */
  String make(List<ChannelCall> all) throws IOException {
    List<String> said = new ArrayList<>();
    for (ChannelCall call : all) {
      said.add(outcome(call) + " at " + calls.position(channel, options));
    }
    return said.toString();
  }

  private String outcome(ChannelCall call) throws IOException {
    try {
      return make(call);
    } catch (NonReadableChannelException
        | NonWritableChannelException
        | IllegalArgumentException e) {
      return e.getClass().getSimpleName();
    }
  }

  private String make(ChannelCall call) throws IOException {
    switch (call.what()) {
      case WRITE -> {
        return wrote(calls.write(channel, bytes(call), OptionalLong.empty()));
      }
      case READ -> {
        ByteBuffer into = ByteBuffer.allocate(call.count());
        return channel.read(into) + " " + ISO_8859_1.decode(into.flip());
      }
      case POSITION -> channel.position(call.at());
      case TRUNCATE -> {
        long before = channel.size();
        channel.truncate(call.at());
        if (channel.size() < before) {
          calls.bytesChanged();
        }
      }
      case SIZE -> {
        return "size " + channel.size();
      }
      default -> {
        return make((FileChannel) channel, call);
      }
    }
    return "";
  }

  private String make(FileChannel file, ChannelCall call) throws IOException {
    switch (call.what()) {
      case WRITE_AT -> {
        return wrote(calls.write(file, bytes(call), OptionalLong.of(call.at())));
      }
      case READ_AT -> {
        ByteBuffer into = ByteBuffer.allocate(call.count());
        return file.read(into, call.at()) + " " + ISO_8859_1.decode(into.flip());
      }
      case TRANSFER_TO -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long count = file.transferTo(call.at(), call.count(), Channels.newChannel(out));
        return count + " " + out.toString(ISO_8859_1);
      }
      case TRANSFER_FROM -> {
        boolean appends = options.contains(StandardOpenOption.APPEND);
        // Where a channel that appends puts it, if it is to be beyond the end, nobody says.
        long at = appends ? Math.min(call.at(), file.size()) : call.at();
        ByteArrayInputStream in = new ByteArrayInputStream(bytes(call).array());
        return wrote(file.transferFrom(Channels.newChannel(in), at, call.count()));
      }
      default -> file.force(true);
    }
    return "";
  }

  private static ByteBuffer bytes(ChannelCall call) {
    String text = Character.toString('a' + call.count() % 26).repeat(call.count());
    return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
  }

  private String wrote(long count) {
    if (count > 0) {
      calls.bytesChanged();
    }
    return "wrote " + count;
  }
}
