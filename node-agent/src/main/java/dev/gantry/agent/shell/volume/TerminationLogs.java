package dev.gantry.agent.shell.volume;

import dev.gantry.agent.shell.kernel.Mounts;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files for what containers say at their end. They are in memory, which bounds them: only the
 * last few thousand bytes of each are ever read.
 */
record TerminationLogs(PodFolders folders) {
    private static final long LAST_WORDS_BYTES = 128 << 10;
    private static final int ANYBODY_WRITES = 0666;

    /** For all containers that the pod has by now: ephemeral ones come while it runs. */
    void makeRoom(PodSpec pod) throws IOException {
        Path folder = Files.createDirectories(folders.terminationLogs(pod));
        Mounts.mountOrResizeReadings(folder, LAST_WORDS_BYTES * pod.containers().size());
    }

    /** A fresh file. */
    Path make(PodSpec pod, ContainerSpec container, int attempt) throws IOException {
        if (container.role() == ContainerSpec.Role.EPHEMERAL) {
            makeRoom(pod);
        }
        Path file = folders.terminationLog(pod, container, attempt);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[0]);
        FileTree.setMode(file, ANYBODY_WRITES);
        return file;
    }
}
