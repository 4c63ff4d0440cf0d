package dev.gantry.agent.shell.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.gantry.model.fault.Bug;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The calls themselves, as the C library has them. */
final class SystemCalls {
    /** Paths that are not relative to a descriptor. */
    static final int NO_FOLDER = -100;

    /** The same number on every architecture; the C library has no name for it. */
    private static final long OPENAT2 = 437;

    private static final int EMPTY_PATH = 0x1000;
    private static final int BASIC_STATS = 0x7ff;
    private static final long STATX_BYTES = 256;
    private static final long ATTRIBUTES_AT = 8;
    private static final long MODE_AT = 28;
    private static final long MOUNT_ROOT = 0x2000;
    private static final int UNCHANGED = -1;
    private static final long STATVFS_BYTES = 112;
    private static final long INODES_AT = 40;
    private static final long AVAILABLE_INODES_AT = 56;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

    private static final MethodHandle SYSCALL =
            handle(
                    "syscall",
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG),
                    Linker.Option.firstVariadicArg(1));
    private static final MethodHandle MKDIRAT = handle("mkdirat", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle FCHOWNAT =
            handle("fchownat", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle STATX =
            handle("statx", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle CLOSE = handle("close", JAVA_INT);
    private static final MethodHandle MOUNT =
            handle("mount", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle UMOUNT2 = handle("umount2", ADDRESS, JAVA_INT);
    private static final MethodHandle STATVFS = handle("statvfs", ADDRESS, ADDRESS);

    private SystemCalls() {}

    /**
     * @param mode type and permissions
     */
    record Status(int mode, boolean isMountRoot) {}

    /** One call; what it returns below zero is a failure. */
    private interface Call {
        long run(MemorySegment state, Arena memory) throws Throwable;
    }

    static int open(int folder, String path, long flags, long resolve) throws KernelFault {
        return (int)
                call(
                        path,
                        (state, memory) -> {
                            MemorySegment how = memory.allocate(JAVA_LONG, 3);
                            how.setAtIndex(JAVA_LONG, 0, flags);
                            how.setAtIndex(JAVA_LONG, 2, resolve);
                            return (long)
                                    SYSCALL.invokeExact(
                                            state,
                                            OPENAT2,
                                            (long) folder,
                                            memory.allocateFrom(path),
                                            how,
                                            how.byteSize());
                        });
    }

    static void makeFolder(int parent, String name, int mode) throws KernelFault {
        call(
                name,
                (state, memory) ->
                        (int) MKDIRAT.invokeExact(state, parent, memory.allocateFrom(name), mode));
    }

    static void setGroup(int descriptor, int group) throws KernelFault {
        call(
                "group " + group,
                (state, memory) ->
                        (int)
                                FCHOWNAT.invokeExact(
                                        state,
                                        descriptor,
                                        memory.allocateFrom(""),
                                        UNCHANGED,
                                        group,
                                        EMPTY_PATH));
    }

    static Status status(int descriptor) throws KernelFault {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment found = arena.allocate(STATX_BYTES, JAVA_LONG.byteAlignment());
            call(
                    "status",
                    (state, memory) ->
                            (int)
                                    STATX.invokeExact(
                                            state,
                                            descriptor,
                                            memory.allocateFrom(""),
                                            EMPTY_PATH,
                                            BASIC_STATS,
                                            found));
            int mode = Short.toUnsignedInt(found.get(JAVA_SHORT, MODE_AT));
            return new Status(mode, (found.get(JAVA_LONG, ATTRIBUTES_AT) & MOUNT_ROOT) != 0);
        }
    }

    static void close(int descriptor) throws KernelFault {
        call("close", (state, _) -> (int) CLOSE.invokeExact(state, descriptor));
    }

    static void mount(String source, String target, String type, long flags, String options)
            throws KernelFault {
        call(
                "mount on " + target,
                (state, memory) ->
                        (int)
                                MOUNT.invokeExact(
                                        state,
                                        memory.allocateFrom(source),
                                        memory.allocateFrom(target),
                                        memory.allocateFrom(type),
                                        flags,
                                        memory.allocateFrom(options)));
    }

    static void unmount(String target, int flags) throws KernelFault {
        call(
                "unmount " + target,
                (state, memory) ->
                        (int) UMOUNT2.invokeExact(state, memory.allocateFrom(target), flags));
    }

    static Inodes inodes(String path) throws KernelFault {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment found = arena.allocate(STATVFS_BYTES, JAVA_LONG.byteAlignment());
            call(
                    path,
                    (state, memory) ->
                            (int) STATVFS.invokeExact(state, memory.allocateFrom(path), found));
            return new Inodes(
                    found.get(JAVA_LONG, INODES_AT), found.get(JAVA_LONG, AVAILABLE_INODES_AT));
        }
    }

    private static long call(String what, Call call) throws KernelFault {
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment state = memory.allocate(STATE);
            long result = call.run(state, memory);
            if (result < 0) {
                throw new KernelFault(what, (int) ERRNO.get(state, 0L));
            }
            return result;
        } catch (KernelFault | RuntimeException | Error known) {
            throw known;
        } catch (Throwable impossible) {
            throw new Bug("a call into the C library threw: " + impossible);
        }
    }

    private static MethodHandle handle(String name, MemoryLayout... arguments) {
        return handle(name, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    /** Invariant: shapes are those of the C library's own declarations; nothing checks them. */
    @SuppressWarnings("restricted")
    private static MethodHandle handle(
            String name, FunctionDescriptor shape, Linker.Option... options) {
        var all = new Linker.Option[options.length + 1];
        all[0] = Linker.Option.captureCallState("errno");
        System.arraycopy(options, 0, all, 1, options.length);
        return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(), shape, all);
    }
}
