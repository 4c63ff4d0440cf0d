package dev.gantry.agent.shell.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file or folder that is held open: whatever is renamed meanwhile, it stays the same one.
 *
 * <p>Example: beneath the volume {@code v}, {@code a/b} is reached in one step of the kernel's. A
 * container that exchanges {@code a} for a link to {@code /etc} at that moment makes it fail, or
 * comes too late; there is no moment at which {@code /etc} is reached.
 */
public final class Descriptor implements AutoCloseable {
    private static final long PATH_ONLY = 010000000;
    private static final long NOT_INHERITED = 02000000;
    private static final long NO_FOLLOW = 0400000;
    private static final long NO_MAGIC_LINKS = 0x02;
    private static final long NO_LINKS = 0x04;
    private static final long BENEATH = 0x08;

    private static final int TYPE = 0170000;
    private static final int FOLDER = 0040000;
    private static final int LINK = 0120000;
    private static final int MODE = 07777;

    /** Anything renamed on the machine makes the kernel doubt a path with dots in a link. */
    private static final int TRIES = 16;

    private final int number;

    private Descriptor(int number) {
        this.number = number;
    }

    /** Follows links, so only for paths that are ours alone. */
    public static Descriptor open(Path path) throws IOException {
        return new Descriptor(
                SystemCalls.open(
                        SystemCalls.NO_FOLDER, path.toString(), PATH_ONLY | NOT_INHERITED, 0));
    }

    /**
     * What a relative path leads to. Links are followed as long as they stay beneath this folder,
     * as the files of a ConfigMap need it.
     */
    public Descriptor beneath(String relative) throws IOException {
        return reached(relative, 0, BENEATH | NO_MAGIC_LINKS);
    }

    /** What a relative path names, which may be a link; on the way there none is followed. */
    public Descriptor entry(String relative) throws IOException {
        return reached(relative, NO_FOLLOW, BENEATH | NO_LINKS);
    }

    private Descriptor reached(String relative, long flags, long resolve) throws IOException {
        for (int left = TRIES; ; left--) {
            try {
                return new Descriptor(
                        SystemCalls.open(
                                number, relative, PATH_ONLY | NOT_INHERITED | flags, resolve));
            } catch (KernelFault fault) {
                if (fault.errno() != KernelFault.TRY_AGAIN || left == 1) {
                    throw fault;
                }
            }
        }
    }

    /** Makes what is missing of a path of folders beneath this one. */
    public void makeFolders(String relative, int mode) throws IOException {
        String parent = ".";
        for (Path each : Path.of(relative)) {
            String next = parent + "/" + each;
            if (!has(next)) {
                makeFolder(parent, each.toString(), mode);
            }
            parent = next;
        }
    }

    private boolean has(String relative) throws IOException {
        try (Descriptor found = beneath(relative)) {
            return found.number >= 0;
        } catch (KernelFault fault) {
            if (fault.isMissing()) {
                return false;
            }
            throw fault;
        }
    }

    private void makeFolder(String parent, String name, int mode) throws IOException {
        try (Descriptor folder = beneath(parent)) {
            SystemCalls.makeFolder(folder.number, name, mode);
            try (Descriptor made = folder.entry(name)) {
                if (made.isFolder()) {
                    made.setMode(mode);
                }
            }
        } catch (KernelFault fault) {
            if (fault.errno() != KernelFault.EXISTS) {
                throw fault;
            }
        }
    }

    public boolean isFolder() throws IOException {
        return (SystemCalls.status(number).mode() & TYPE) == FOLDER;
    }

    public boolean isLink() throws IOException {
        return (SystemCalls.status(number).mode() & TYPE) == LINK;
    }

    /** Whether a mount begins here. */
    public boolean isMountRoot() throws IOException {
        return SystemCalls.status(number).isMountRoot();
    }

    /** The permissions, without the type. */
    public int mode() throws IOException {
        return SystemCalls.status(number).mode() & MODE;
    }

    /** Not for a link. */
    public void setMode(int mode) throws IOException {
        Files.setAttribute(path(), "unix:mode", mode);
    }

    public void setGroup(long group) throws IOException {
        SystemCalls.setGroup(number, Math.toIntExact(group));
    }

    /** The names in this folder. */
    public List<String> names() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(path())) {
            all.forEach(each -> found.add(each.getFileName().toString()));
        }
        return found;
    }

    /** A path to exactly this one, for as long as it is open, and in this process only. */
    public Path path() {
        return Path.of("/proc/self/fd/" + number);
    }

    @Override
    public void close() throws IOException {
        SystemCalls.close(number);
    }
}
