package dev.gantry.agent.shell.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Mounts of the node. */
public final class Mounts {
    private static final Path TABLE = Path.of("/proc/self/mounts");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

    private static final long BIND = 4096;
    private static final long REMOUNT = 32;
    private static final long NO_SET_USER = 2;
    private static final long NO_DEVICES = 4;
    private static final int DETACH = 2;
    private static final int NO_FOLLOW = 8;

    private Mounts() {}

    /**
     * Files in memory that end with the mount; nothing where some are mounted there already.
     *
     * @param sizeBytes zero for the kernel's own limit, half of the memory
     */
    public static void mountMemory(Path folder, long sizeBytes) throws IOException {
        if (isMounted(folder)) {
            return;
        }
        String options = sizeBytes > 0 ? "mode=0777,size=" + sizeBytes : "mode=0777";
        SystemCalls.mount("tmpfs", folder.toString(), "tmpfs", 0, options);
    }

    /** As {@link #mountMemory}, for files that are only read: no devices, nothing with setuid. */
    public static void mountReadings(Path folder, long sizeBytes) throws IOException {
        if (isMounted(folder)) {
            return;
        }
        String options = "mode=0777,size=" + sizeBytes;
        SystemCalls.mount("tmpfs", folder.toString(), "tmpfs", NO_SET_USER | NO_DEVICES, options);
    }

    /**
     * As {@link #mountReadings}; what is mounted there already keeps its files and gets the size.
     */
    public static void mountOrResizeReadings(Path folder, long sizeBytes) throws IOException {
        if (isMounted(folder)) {
            long flags = REMOUNT | NO_SET_USER | NO_DEVICES;
            SystemCalls.mount("tmpfs", folder.toString(), "tmpfs", flags, "size=" + sizeBytes);
        } else {
            mountReadings(folder, sizeBytes);
        }
    }

    /** Makes exactly what was opened appear at a path, too. */
    public static void bind(Descriptor source, Path target) throws IOException {
        SystemCalls.mount(source.path().toString(), target.toString(), "", BIND, "");
    }

    public static boolean isMounted(Path path) throws IOException {
        try (Descriptor found = Descriptor.open(path)) {
            return found.isMountRoot();
        }
    }

    /**
     * As {@link #isMounted}, by the kernel's table: what is mounted there is not touched, and so
     * not waited for, if it is a server's.
     */
    public static boolean isListed(Path path) throws IOException {
        return listed().anyMatch(path::equals);
    }

    /** All that is mounted there, one above the other; nothing where nothing is. */
    public static void unmountAll(Path path) throws IOException {
        while (unmount(path, NO_FOLLOW)) {
            continue;
        }
    }

    /** Fails where one is still in use. */
    public static void unmountAllBelow(Path folder) throws IOException {
        for (Path each : below(folder)) {
            unmount(each, NO_FOLLOW);
        }
    }

    /** As {@link #unmountAllBelow}, but a mount in use goes only with its last user. */
    public static void detachAllBelow(Path folder) throws IOException {
        for (Path each : below(folder)) {
            unmount(each, NO_FOLLOW | DETACH);
        }
    }

    /** Returns whether there was one. */
    private static boolean unmount(Path path, int flags) throws IOException {
        try {
            SystemCalls.unmount(path.toString(), flags);
            return true;
        } catch (KernelFault fault) {
            if (fault.isMissing() || fault.errno() == KernelFault.INVALID) {
                return false;
            }
            throw fault;
        }
    }

    /** The deepest first. */
    private static List<Path> below(Path folder) throws IOException {
        return listed().filter(path -> path.startsWith(folder) && !path.equals(folder))
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private static Stream<Path> listed() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .map(line -> Path.of(unescaped(line.split(" ")[1])));
    }

    private static String unescaped(String path) {
        return ESCAPE.matcher(path)
                .replaceAll(
                        found ->
                                Matcher.quoteReplacement(
                                        Character.toString(Integer.parseInt(found.group(1), 8))));
    }
}
