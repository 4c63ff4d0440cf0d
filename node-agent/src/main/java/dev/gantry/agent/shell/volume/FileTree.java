package dev.gantry.agent.shell.volume;

import dev.gantry.agent.shell.kernel.Descriptor;
import dev.gantry.agent.shell.kernel.KernelFault;
import dev.gantry.agent.shell.kernel.Mounts;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Folders with everything in them. Links are never followed. */
public final class FileTree {
    private static final int ALL_MODES = 07777;
    private static final int GROUP_WRITES = 0660;
    private static final int GROUP_FOLDER = 02770;

    private static final Set<PosixFilePermission> OWNERS_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private FileTree() {}

    /**
     * What is gone already is as good as deleted.
     *
     * <p>Invariant: never goes into a mount. What is mounted there may be somebody's data, of which
     * only the mount was to be removed.
     */
    public static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) throws IOException {
                        if (!folder.equals(root) && Mounts.isMounted(folder)) {
                            throw new IOException(folder + " is not deleted: it is mounted");
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException fault)
                            throws IOException {
                        if (fault instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw fault;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path folder, @org.jspecify.annotations.Nullable IOException fault)
                            throws IOException {
                        Files.deleteIfExists(folder);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /**
     * Gives everything to a group that may then read and write it, also what is made there later.
     *
     * <p>Containers may be at work there, so each file is reached through the open root, and what
     * is meanwhile exchanged for a link is left alone. What was removed meanwhile is left out.
     *
     * <p>Compat: {@code volume.SetVolumeOwnership}.
     */
    static void share(Path root, long group) throws IOException {
        try (Descriptor top = Descriptor.open(root)) {
            Deque<String> folders = new ArrayDeque<>(List.of("."));
            while (!folders.isEmpty()) {
                String folder = folders.pop();
                for (String name : share(top, folder, group)) {
                    folders.push(folder + "/" + name);
                }
            }
        }
    }

    /** Returns the names of the entries where it is a folder. */
    private static List<String> share(Descriptor top, String relative, long group)
            throws IOException {
        try (Descriptor file = top.entry(relative)) {
            file.setGroup(group);
            if (file.isLink()) {
                return List.of();
            }
            boolean isFolder = file.isFolder();
            file.setMode(file.mode() | (isFolder ? GROUP_FOLDER : GROUP_WRITES));
            return isFolder ? file.names() : List.of();
        } catch (KernelFault fault) {
            if (fault.isVanished()) {
                return List.of();
            }
            throw fault;
        }
    }

    /** Whether the root is shared so already. */
    static boolean isShared(Path root, long group) throws IOException {
        int owner = (int) Files.getAttribute(root, "unix:gid");
        return owner == group && (mode(root) & GROUP_FOLDER) == GROUP_FOLDER;
    }

    /** Makes a file that nobody else may open before it has its mode. */
    static void write(Path file, byte[] content, int mode) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNERS_ONLY));
        Files.write(file, content);
        setMode(file, mode);
    }

    private static int mode(Path file) throws IOException {
        Object mode = Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (int) mode & ALL_MODES;
    }

    public static void setMode(Path file, int mode) throws IOException {
        Files.setAttribute(file, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
    }

    static void setOwner(Path file, long user) throws IOException {
        Files.setAttribute(file, "unix:uid", Math.toIntExact(user), LinkOption.NOFOLLOW_LINKS);
    }

    public static void setGroup(Path file, long group) throws IOException {
        Files.setAttribute(file, "unix:gid", Math.toIntExact(group), LinkOption.NOFOLLOW_LINKS);
    }
}
