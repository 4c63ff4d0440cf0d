package dev.gantry.agent.shell.volume;

import dev.gantry.agent.shell.kernel.Mounts;
import dev.gantry.agent.volume.NfsExport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of NFS servers that are mounted on this node, each once for all pods that use it.
 *
 * <p>The links in the folders of pods say who uses one: what was mounted is in use as long as a
 * link leads there, also after a restart. Beside each mount stands what it is, so that it can be
 * mounted again after the machine was started anew.
 *
 * <p>Invariant: nothing here opens a mounted folder, since that waits for a server that is away. A
 * server that is away delays only those who want what it has.
 */
final class NfsMounts {
    private static final Logger LOG = LoggerFactory.getLogger(NfsMounts.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String MOUNT = "mount";
    private static final String EXPORT = "export";

    /** Of a volume below the folder of all pods: POD/volumes/KIND/VOLUME. */
    private static final int DEPTH = 4;

    private final PodFolders folders;
    private final Path root;
    private final String mounter;
    private final MountProgram program;
    private final Map<Path, ReentrantLock> locks = new ConcurrentHashMap<>();

    NfsMounts(PodFolders folders) {
        this(folders, "mount.nfs", LIMIT);
    }

    /**
     * @param mounter the program: called with source, folder, {@code -o} and options
     * @param limit how long it may take
     */
    NfsMounts(PodFolders folders, String mounter, Duration limit) {
        this.folders = folders;
        this.root = folders.root().resolve("nfs");
        this.mounter = mounter;
        this.program = new MountProgram(limit);
    }

    /** Whether the folder is one of these. */
    boolean holds(Path folder) {
        return folder.startsWith(root);
    }

    /** Mounts it where it is not mounted yet, and has a pod's link lead there. */
    void mount(NfsExport export, Path link) throws IOException {
        Path folder = root.resolve(export.folderName());
        ReentrantLock lock = lock(folder);
        lock.lock();
        try {
            if (!Mounts.isListed(folder.resolve(MOUNT))) {
                Files.createDirectories(folder.resolve(MOUNT));
                Files.writeString(folder.resolve(EXPORT), export.text());
                run(folder, command(export, folder));
            }
            if (!Files.isSymbolicLink(link)) {
                Files.createDirectories(link.getParent());
                Files.createSymbolicLink(link, folder.resolve(MOUNT));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Mounts again what a link leads to, if it is one of these and is not mounted any more. */
    void ensure(Path target) throws IOException {
        Path folder = target.getParent();
        if (folder == null || !folder.startsWith(root)) {
            return;
        }
        ReentrantLock lock = lock(folder);
        lock.lock();
        try {
            if (!Mounts.isListed(target)) {
                var export = NfsExport.parse(Files.readString(folder.resolve(EXPORT)));
                run(folder, command(export, folder));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Unmounts what no link leads to any more. What cannot be now is tried the next time. */
    void releaseUnused() throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        List<Path> known;
        try (Stream<Path> all = Files.list(root)) {
            known = all.toList();
        }
        for (Path folder : known) {
            ReentrantLock lock = lock(folder);
            // Else somebody is mounting it, and so wants it.
            if (lock.tryLock()) {
                try {
                    releaseIfUnused(folder);
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    private void releaseIfUnused(Path folder) {
        try {
            if (!used().contains(folder.resolve(MOUNT))) {
                unmount(folder);
            }
        } catch (IOException | UncheckedIOException later) {
            LOG.warn("the NFS mount {} stays for now: {}", folder, later.getMessage());
        }
    }

    private List<String> command(NfsExport export, Path folder) {
        List<String> command =
                new ArrayList<>(
                        List.of(mounter, export.source(), folder.resolve(MOUNT).toString()));
        if (!export.options().isEmpty()) {
            command.addAll(List.of("-o", String.join(",", export.options())));
        }
        return command;
    }

    private void unmount(Path folder) throws IOException {
        Path target = folder.resolve(MOUNT);
        if (Mounts.isListed(target)) {
            run(folder, List.of("umount", "--lazy", target.toString()));
        }
        // Only what is empty is deleted: never anything that is still mounted.
        Files.deleteIfExists(folder.resolve(EXPORT));
        Files.deleteIfExists(target);
        Files.deleteIfExists(folder);
    }

    private void run(Path folder, List<String> command) throws IOException {
        try {
            program.run(folder, command);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while mounting " + folder, closing);
        }
    }

    /** Where the links of pods lead. Cost: a few entries of a folder for each pod of the node. */
    private Set<Path> used() throws IOException {
        Set<Path> found = new HashSet<>();
        if (!Files.isDirectory(folders.pods())) {
            return found;
        }
        try (Stream<Path> volumes =
                Files.find(folders.pods(), DEPTH, (_, file) -> file.isSymbolicLink())) {
            for (Path each : (Iterable<Path>) volumes::iterator) {
                found.add(Files.readSymbolicLink(each));
            }
        }
        return found;
    }

    private ReentrantLock lock(Path folder) {
        return locks.computeIfAbsent(folder, _ -> new ReentrantLock());
    }
}
