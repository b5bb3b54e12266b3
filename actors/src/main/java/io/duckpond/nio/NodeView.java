package io.duckpond.nio;

import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.path.Resolution;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The attributes of whatever stands at a path when it is asked. */
record NodeView(PondFileSystem fileSystem, String path, boolean follow, String name)
    implements PondFileAttributeView {

  @Override
  public PondFileAttributes readAttributes() throws IOException {
    fileSystem.requireOpen();
    fileSystem.settle(path);
    return fileSystem
        .backing()
        .read(
            state -> {
              Entry entry =
                  follow ? state.root().metadata(path) : state.root().metadataNoFollow(path);
              return new NodeAttributes(entry, state.tree().txnSeq());
            });
  }

  @Override
  public void setTimes(
      @Nullable FileTime modified, @Nullable FileTime accessed, @Nullable FileTime created)
      throws IOException {
    if (modified != null) {
      long nanos = NodeAttributes.nanos(modified);
      fileSystem.openFiles().wereTimed(set(before -> before.modifiedAt(nanos)));
    }
  }

  @Override
  public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
    int mode = NodeAttributes.mode(permissions);
    String unused = set(before -> new Attributes(mode, before.modifiedNanos()));
  }

  /** Returns where the node stands. */
  private String set(UnaryOperator<Attributes> change) throws IOException {
    fileSystem.requireOpen();
    fileSystem.settle(path);
    return fileSystem
        .backing()
        .change(
            root -> {
              Entry entry = follow ? root.metadata(path) : root.metadataNoFollow(path);
              Resolution at = follow ? root.lookup(path) : root.lookupNoFollow(path);
              String place = at instanceof Resolution.Found found ? found.path() : path;
              root.setAttributes(place, change.apply(entry.attributes()));
              return place;
            });
  }

  @Override
  public UserPrincipal getOwner() throws IOException {
    return readAttributes().owner();
  }

  @Override
  public void setOwner(UserPrincipal owner) throws IOException {
    demandNoChange(owner);
  }

  @Override
  public void setGroup(GroupPrincipal group) throws IOException {
    demandNoChange(group);
  }

  private void demandNoChange(UserPrincipal principal) throws IOException {
    if (!readAttributes().owner().equals(principal)) {
      throw new FileSystemException(path, null, "a pond keeps no owners");
    }
  }
}
