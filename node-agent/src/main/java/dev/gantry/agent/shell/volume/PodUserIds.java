package dev.gantry.agent.shell.volume;

import dev.gantry.agent.node.SubordinateIds;
import dev.gantry.agent.runtime.security.IdRange;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.client.shell.file.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which ids of the node each pod with users of its own has. They are stored in the pod's folder, so
 * they survive restarts of the agent and are free again once the folder is deleted.
 *
 * <p>Cost: nothing is held in memory; the folders of all pods are looked through once per pod that
 * wants users of its own.
 */
public final class PodUserIds {
    private final PodFolders folders;
    private final SubordinateIds ids;

    PodUserIds(PodFolders folders, SubordinateIds ids) {
        this.folders = folders;
        this.ids = ids;
    }

    /** Empty for a pod that has the node's users. */
    public Optional<IdRange> of(PodSpec pod) throws IOException {
        return pod.hasOwnUsers() ? Optional.of(given(pod)) : Optional.empty();
    }

    /** Invariant: no two pods have the same ids, and what is in use is on the disk. */
    private synchronized IdRange given(PodSpec pod) throws IOException {
        Path file = folders.userIds(pod);
        Optional<IdRange> before = read(file);
        if (before.isPresent()) {
            return before.get();
        }
        IdRange chosen =
                ids.free(taken())
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "create user namespace: could not find an empty slot to allocate a user namespace"));
        PrivateFile.write(file, chosen.first() + " " + chosen.count() + "\n");
        return chosen;
    }

    private Set<IdRange> taken() throws IOException {
        List<Path> files;
        try (Stream<Path> pods = Files.list(folders.pods())) {
            files = pods.map(PodFolders::userIdsIn).toList();
        }
        Set<IdRange> found = new HashSet<>();
        for (Path each : files) {
            read(each).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<IdRange> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] words = Files.readString(file).strip().split(" ");
        try {
            return Optional.of(new IdRange(Long.parseLong(words[0]), Long.parseLong(words[1])));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException malformed) {
            throw new IOException("no range of ids: " + file, malformed);
        }
    }
}
