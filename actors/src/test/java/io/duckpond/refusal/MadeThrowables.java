package io.duckpond.refusal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Finds the names of the classes of what compiled code makes to throw. */
final class MadeThrowables extends ClassVisitor {
  private final Set<String> made = new TreeSet<>();

  private MadeThrowables() {
    super(Opcodes.ASM9);
  }

  /** Returns those that the classes beside {@code one} make, in a folder or in a jar. */
  static Set<String> beside(Class<?> one) throws IOException {
    MadeThrowables found = new MadeThrowables();
    Path place = placeOf(one);
    if (Files.isDirectory(place)) {
      found.readAll(place);
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
        found.readAll(jar.getPath("/"));
      }
    }
    found.made.removeIf(name -> !isThrowable(name));
    return found.made;
  }

  private static Path placeOf(Class<?> one) {
    URI uri;
    try {
      uri = one.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
    return Path.of(uri);
  }

  private void readAll(Path top) throws IOException {
    List<Path> classes;
    try (Stream<Path> files = Files.walk(top)) {
      classes = files.filter(file -> file.toString().endsWith(".class")).toList();
    }
    for (Path file : classes) {
      try (InputStream in = Files.newInputStream(file)) {
        new ClassReader(in).accept(this, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
      }
    }
  }

  private static boolean isThrowable(String name) {
    try {
      ClassLoader loader = MadeThrowables.class.getClassLoader();
      return Throwable.class.isAssignableFrom(Class.forName(name, false, loader));
    } catch (ClassNotFoundException | LinkageError e) {
      return false; // of a library that is not needed here
    }
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    return new MethodVisitor(Opcodes.ASM9) {
      @Override
      public void visitTypeInsn(int opcode, String type) {
        if (opcode == Opcodes.NEW) {
          made.add(type.replace('/', '.'));
        }
      }

      @Override
      public void visitInvokeDynamicInsn(
          String called, String type, Handle bootstrap, Object... arguments) {
        for (Object argument : arguments) {
          if (argument instanceof Handle made && made.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
            MadeThrowables.this.made.add(made.getOwner().replace('/', '.'));
          }
        }
      }
    };
  }
}
