package dev.gantry.agent.shell.node;

import dev.gantry.agent.eviction.Measurements.Disk;
import dev.gantry.agent.eviction.Measurements.Store;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.shell.kernel.Inodes;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The disks of a node: the one with the agent's folder, and where it is another one, that of the
 * runtime's images.
 */
record NodeDisks(Disk own, Optional<Disk> ofImages) {
    static NodeDisks measured(Path folder, ContainerRuntime runtime) throws IOException {
        return measured(folder, Path.of(runtime.imageFilesystem().mountPoint()));
    }

    /**
     * @param images a folder of the runtime; where it is none of this machine, it is taken for one
     *     of the agent's disk
     */
    static NodeDisks measured(Path folder, Path images) throws IOException {
        boolean isApart = Files.isDirectory(images) && !device(images).equals(device(folder));
        return new NodeDisks(disk(folder), isApart ? Optional.of(disk(images)) : Optional.empty());
    }

    private static Object device(Path folder) throws IOException {
        return Files.getAttribute(folder, "unix:dev");
    }

    private static Disk disk(Path folder) throws IOException {
        FileStore store = Files.getFileStore(folder);
        Inodes inodes = Inodes.of(folder);
        var space = new Store(store.getTotalSpace(), store.getUsableSpace());
        return new Disk(space, inodes.total(), inodes.available());
    }
}
