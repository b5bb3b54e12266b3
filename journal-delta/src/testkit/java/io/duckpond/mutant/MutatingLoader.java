package io.duckpond.mutant;

import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.RETURN;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Loads the project's classes anew, some with a fault planted; all others are shared. */
final class MutatingLoader extends ClassLoader {
  private static final String OURS = "io.duckpond.";

  private final Optional<Mutant> mutant;
  private final Set<Mutant.Place> planted = new HashSet<>();

  MutatingLoader(ClassLoader parent, Optional<Mutant> mutant) {
    super(parent);
    this.mutant = mutant;
  }

  /** Loads the classes to change; fails if a place for the fault is no longer there. */
  void plant() throws ClassNotFoundException {
    for (Mutant.Place place : places()) {
      loadClass(place.type().replace('/', '.'));
      if (!planted.contains(place)) {
        throw new IllegalStateException("no place for: " + mutant + ", " + place);
      }
    }
  }

  private List<Mutant.Place> places() {
    return mutant.map(Mutant::places).orElse(List.of());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String internal = name.replace('.', '/');
    try (InputStream in = getParent().getResourceAsStream(internal + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      for (Mutant.Place place : places()) {
        if (place.type().equals(internal)) {
          bytes = changed(bytes, place);
        }
      }
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] changed(byte[] bytes, Mutant.Place fault) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    reader.accept(
        new ClassVisitor(ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            boolean within =
                !fault.callOwner().isEmpty() && name.startsWith("lambda$" + fault.method() + "$");
            if (!name.equals(fault.method()) && !within) {
              return next;
            }
            return fault.callOwner().isEmpty()
                ? skipped(next, descriptor, fault)
                : new CallReplacement(next, fault);
          }
        },
        0);
    return writer.toByteArray();
  }

  private MethodVisitor skipped(MethodVisitor next, String descriptor, Mutant.Place place) {
    if (!descriptor.endsWith(")V")) {
      return next;
    }
    planted.add(place);
    next.visitCode();
    next.visitInsn(RETURN);
    next.visitMaxs(0, 0);
    next.visitEnd();
    return new MethodVisitor(ASM9) {};
  }

  private final class CallReplacement extends MethodVisitor {
    private final Mutant.Place fault;

    CallReplacement(MethodVisitor next, Mutant.Place fault) {
      super(ASM9, next);
      this.fault = fault;
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      if (!owner.equals(fault.callOwner()) || !name.equals(fault.callName())) {
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        return;
      }
      planted.add(fault);
      String with =
          opcode == Opcodes.INVOKESTATIC
              ? descriptor
              : "(L" + owner + ";" + descriptor.substring(1);
      super.visitMethodInsn(INVOKESTATIC, fault.substitutes(), fault.substitute(), with, false);
    }
  }
}
