package io.duckpond.journal.mutant;

import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.RETURN;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Loads the project's classes anew, one of them with a fault planted; all others are shared. */
final class MutatingLoader extends ClassLoader {
  private static final String OURS = "io.duckpond.";

  private final Optional<Mutant> mutant;
  private int places;

  MutatingLoader(ClassLoader parent, Optional<Mutant> mutant) {
    super(parent);
    this.mutant = mutant;
  }

  /** Loads the class to change; fails if there is no place in it any more for the fault. */
  void plant() throws ClassNotFoundException {
    if (mutant.isPresent()) {
      loadClass(mutant.get().type().replace('/', '.'));
      if (places == 0) {
        throw new IllegalStateException("no place for: " + mutant.get().name());
      }
    }
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
      if (mutant.isPresent() && mutant.get().type().equals(internal)) {
        bytes = changed(bytes, mutant.get());
      }
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] changed(byte[] bytes, Mutant fault) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    reader.accept(
        new ClassVisitor(ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            if (!name.equals(fault.method())) {
              return next;
            }
            return fault.callOwner().isEmpty()
                ? skipped(next, descriptor)
                : new CallReplacement(next, fault);
          }
        },
        0);
    return writer.toByteArray();
  }

  private MethodVisitor skipped(MethodVisitor next, String descriptor) {
    if (!descriptor.endsWith(")V")) {
      return next;
    }
    places++;
    next.visitCode();
    next.visitInsn(RETURN);
    next.visitMaxs(0, 0);
    next.visitEnd();
    return new MethodVisitor(ASM9) {};
  }

  private final class CallReplacement extends MethodVisitor {
    private final Mutant fault;

    CallReplacement(MethodVisitor next, Mutant fault) {
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
      places++;
      String with =
          opcode == Opcodes.INVOKESTATIC
              ? descriptor
              : "(L" + owner + ";" + descriptor.substring(1);
      super.visitMethodInsn(
          INVOKESTATIC,
          Substitutes.class.getName().replace('.', '/'),
          fault.substitute(),
          with,
          false);
    }
  }
}
