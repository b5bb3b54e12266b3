package io.duckpond.nio;

import java.io.IOException;
import java.nio.file.attribute.PosixFileAttributeView;

/**
 * Looks at a node of a pond and changes its permissions and modification time; other times are not
 * kept and ignored when set. The owner of everything is called "pond", and stays so.
 */
public interface PondFileAttributeView extends PosixFileAttributeView {
  @Override
  PondFileAttributes readAttributes() throws IOException;
}
