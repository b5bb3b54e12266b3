package io.duckpond.nio;

import java.io.IOException;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;

/** A pond keeps no owners: all of it belongs to whoever owns its folder, who is called "pond". */
final class Principals extends UserPrincipalLookupService {
  static final Principal OWNER = new Principal("pond");
  static final Principal GROUP = OWNER;

  /** The one that there is. */
  record Principal(String getName) implements GroupPrincipal {
    @Override
    public String toString() {
      return getName;
    }
  }

  @Override
  public UserPrincipal lookupPrincipalByName(String name) throws IOException {
    return lookupPrincipalByGroupName(name);
  }

  @Override
  public GroupPrincipal lookupPrincipalByGroupName(String group) throws IOException {
    if (!group.equals(OWNER.getName())) {
      throw new UserPrincipalNotFoundException(group);
    }
    return GROUP;
  }
}
