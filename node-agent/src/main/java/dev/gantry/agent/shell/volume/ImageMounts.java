package dev.gantry.agent.shell.volume;

import dev.gantry.agent.shell.command.CommandFault;
import dev.gantry.agent.shell.command.Commands;
import dev.gantry.agent.shell.kernel.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images of this node as folders to be read.
 *
 * <p>Kubernetes leaves that to the runtime ({@code Mount.image} of CRI), which containerd takes
 * from version 2.1 on. Its own client does the same with any version: a view of the image's layers,
 * which containerd keeps under a lease until it is given back. A lease that nobody gave back ends
 * by itself.
 */
public final class ImageMounts {
    private static final Logger LOG = LoggerFactory.getLogger(ImageMounts.class);
    private static final String CLIENT = "ctr";

    private final Commands client;

    /**
     * @param containerd its socket
     */
    public ImageMounts(Path containerd) {
        this.client =
                new Commands(
                        List.of(
                                CLIENT,
                                "--address",
                                containerd.toString(),
                                "-n",
                                "k8s.io",
                                "images"));
    }

    /** Throws {@link CommandFault} where it cannot be had; nothing where it is there already. */
    public synchronized void mount(String imageId, Path target) throws IOException {
        Files.createDirectories(target);
        if (!Mounts.isMounted(target)) {
            client.run("", "mount", imageId, target.toString());
        }
    }

    /** What containerd does not take back now goes with its lease. */
    void release(Path target) throws IOException {
        if (!Files.isDirectory(target)) {
            return;
        }
        try {
            client.run("", "unmount", "--rm", target.toString());
        } catch (CommandFault fault) {
            LOG.info("view of an image stays for now: {}", fault.getMessage());
        }
        Mounts.unmountAll(target);
    }
}
