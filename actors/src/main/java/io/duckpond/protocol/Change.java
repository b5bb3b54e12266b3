package io.duckpond.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.duckpond.WorkingDirectory;
import io.duckpond.node.Attributes;
import java.io.IOException;
import org.apache.pekko.util.ByteString;

/** One of the changes of a transaction; they are made in their order. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
  @JsonSubTypes.Type(value = Change.Create.class, name = "create"),
  @JsonSubTypes.Type(value = Change.Write.class, name = "write"),
  @JsonSubTypes.Type(value = Change.Append.class, name = "append"),
  @JsonSubTypes.Type(value = Change.MakeDirectory.class, name = "make-directory"),
  @JsonSubTypes.Type(value = Change.MakeDirectories.class, name = "make-directories"),
  @JsonSubTypes.Type(value = Change.Link.class, name = "link"),
  @JsonSubTypes.Type(value = Change.Define.class, name = "define"),
  @JsonSubTypes.Type(value = Change.Rename.class, name = "rename"),
  @JsonSubTypes.Type(value = Change.Copy.class, name = "copy"),
  @JsonSubTypes.Type(value = Change.Remove.class, name = "remove"),
  @JsonSubTypes.Type(value = Change.SetAttributes.class, name = "set-attributes")
})
public sealed interface Change {

  /** Makes it, or refuses as the {@link WorkingDirectory} does. */
  void applyTo(WorkingDirectory root) throws IOException;

  /** Returns the bytes that it brings. */
  default ByteString content() {
    return ByteString.emptyByteString();
  }

  /** What is done with what has the name already. */
  enum Taken {
    REFUSE,
    REPLACE
  }

  /** How much is removed. */
  enum Depth {
    /** A file, a link or an empty directory. */
    ALONE,
    /** A directory with all below it, too. */
    ALL_BELOW
  }

  /** As {@link WorkingDirectory#createFile}. */
  record Create(String path, @BinaryBytes ByteString content) implements Change {
    @Override
    public void applyTo(WorkingDirectory root) throws IOException {
      var unused = root.createFile(path, content.asInputStream());
    }
  }

  /** As {@link WorkingDirectory#write}. */
  record Write(String path, @BinaryBytes ByteString content) implements Change {
    @Override
    public void applyTo(WorkingDirectory root) throws IOException {
      var unused = root.write(path, content.asInputStream());
    }
  }

  /** As {@link WorkingDirectory#append}. */
  record Append(String path, @BinaryBytes ByteString content) implements Change {
    @Override
    public void applyTo(WorkingDirectory root) throws IOException {
      var unused = root.append(path, content.asInputStream());
    }
  }

  /** As {@link WorkingDirectory#createDirectory}. */
  record MakeDirectory(String path) implements Change {
    @Override
    public void applyTo(WorkingDirectory root) throws IOException {
      var unused = root.createDirectory(path);
    }
  }

  /** As {@link WorkingDirectory#createDirectories}. */
  record MakeDirectories(String path) implements Change {
    @Override
    public void applyTo(WorkingDirectory root) throws IOException {
      var unused = root.createDirectories(path);
    }
  }

  /** As {@link WorkingDirectory#createSymlink}. */
  record Link(String path, String target) implements Change {
    @Override
    public void applyTo(WorkingDirectory root) throws IOException {
      var unused = root.createSymlink(path, target);
    }
  }

  /** As {@link WorkingDirectory#createDynamic}. */
  record Define(String path, String factory, String config) implements Change {
    @Override
    public void applyTo(WorkingDirectory root) throws IOException {
      var unused = root.createDynamic(path, factory, config);
    }
  }

  /** As {@link WorkingDirectory#rename} and {@link WorkingDirectory#renameReplacing}. */
  record Rename(String from, String to, Taken taken) implements Change {
    @Override
    public void applyTo(WorkingDirectory root) throws IOException {
      switch (taken) {
        case REFUSE -> root.rename(from, to);
        case REPLACE -> root.renameReplacing(from, to);
      }
    }
  }

  /** As {@link WorkingDirectory#copy} and {@link WorkingDirectory#copyReplacing}. */
  record Copy(String from, String to, Taken taken) implements Change {
    @Override
    public void applyTo(WorkingDirectory root) throws IOException {
      switch (taken) {
        case REFUSE -> root.copy(from, to);
        case REPLACE -> root.copyReplacing(from, to);
      }
    }
  }

  /** As {@link WorkingDirectory#remove} and {@link WorkingDirectory#removeRecursively}. */
  record Remove(String path, Depth depth) implements Change {
    @Override
    public void applyTo(WorkingDirectory root) throws IOException {
      switch (depth) {
        case ALONE -> root.remove(path);
        case ALL_BELOW -> root.removeRecursively(path);
      }
    }
  }

  /** As {@link WorkingDirectory#setAttributes}. */
  record SetAttributes(String path, int mode, long modifiedNanos) implements Change {
    @Override
    public void applyTo(WorkingDirectory root) throws IOException {
      root.setAttributes(path, new Attributes(mode, modifiedNanos));
    }
  }
}
