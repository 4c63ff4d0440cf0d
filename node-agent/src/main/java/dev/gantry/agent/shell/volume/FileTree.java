package dev.gantry.agent.shell.volume;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Folders with everything in them. Links are never followed. */
public final class FileTree {
    private static final int ALL_MODES = 07777;
    private static final int GROUP_WRITES = 0660;
    private static final int GROUP_FOLDER = 02770;

    private FileTree() {}

    /** What is gone already is as good as deleted. */
    public static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
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
     * <p>Compat: {@code volume.SetVolumeOwnership}.
     */
    static void share(Path root, long group) throws IOException {
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        setGroup(file, group);
                        if (!attributes.isSymbolicLink()) {
                            setMode(file, mode(file) | GROUP_WRITES);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path folder, @org.jspecify.annotations.Nullable IOException fault)
                            throws IOException {
                        setGroup(folder, group);
                        setMode(folder, mode(folder) | GROUP_FOLDER);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /** Whether the root is shared so already. */
    static boolean isShared(Path root, long group) throws IOException {
        int owner = (int) Files.getAttribute(root, "unix:gid");
        return owner == group && (mode(root) & GROUP_FOLDER) == GROUP_FOLDER;
    }

    private static int mode(Path file) throws IOException {
        Object mode = Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (int) mode & ALL_MODES;
    }

    public static void setMode(Path file, int mode) throws IOException {
        Files.setAttribute(file, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
    }

    public static void setGroup(Path file, long group) throws IOException {
        Files.setAttribute(file, "unix:gid", Math.toIntExact(group), LinkOption.NOFOLLOW_LINKS);
    }
}
