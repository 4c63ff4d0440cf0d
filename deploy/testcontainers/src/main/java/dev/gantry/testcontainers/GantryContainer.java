package dev.gantry.testcontainers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * A whole cluster in one container: {@code try (var cluster = new GantryContainer()) {
 * cluster.start(); … Config.fromKubeconfig(cluster.getKubeconfig()) … }}.
 *
 * <p>When {@link #start} returns, its nodes are ready and pods run. Each has keys and data of its
 * own, which go with it. The container is privileged, since it runs containers itself. Images for
 * pods come from a registry, or by {@link #loadImage}.
 */
public final class GantryContainer extends GenericContainer<GantryContainer> {
    /**
     * Made by {@code docker build --target cluster -f deploy/compose/Dockerfile .} in the clone.
     */
    public static final DockerImageName IMAGE = DockerImageName.parse("gantry-cluster:0.1.0");

    private static final int API_PORT = 6443;
    private static final String KUBECONFIG = "/var/lib/gantry/kubeconfig";

    public GantryContainer() {
        this(IMAGE);
    }

    public GantryContainer(DockerImageName image) {
        super(image);
        withPrivilegedMode(true);
        withCreateContainerCmdModifier(
                command -> command.getHostConfig().withCgroupnsMode("private"));
        withTmpFs(Map.of("/run", "rw", "/tmp", "rw,exec"));
        addExposedPort(API_PORT);
        waitingFor(Wait.forLogMessage("ready: .*\n", 1).withStartupTimeout(Duration.ofMinutes(5)));
    }

    /**
     * @param count of nodes, at least one; one where this is not called
     */
    public GantryContainer withNodes(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a cluster needs at least one node, not " + count);
        }
        return withEnv("NODES", Integer.toString(count));
    }

    /** The kubeconfig of the cluster's admin (YAML), for a client where this test runs. */
    public String getKubeconfig() {
        String inside =
                copyFileFromContainer(
                        KUBECONFIG, in -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
        String server = "https://%s:%d".formatted(getHost(), getMappedPort(API_PORT));
        return inside.replaceFirst("server: https://\\S+", "server: " + server);
    }

    /**
     * Makes an image known to every node.
     *
     * @param archive a file of this machine, as {@code docker save} writes it
     * @throws IllegalStateException if a node does not take it, with what it says
     */
    public void loadImage(String archive) {
        String inside = "/var/lib/gantry/image.tar";
        copyFileToContainer(MountableFile.forHostPath(archive), inside);
        String script =
                "for s in /run/gantry/node-*/containerd.sock; do"
                        + " ctr -a $s -n k8s.io images import %1$s || exit 1; done; rm %1$s";
        try {
            ExecResult result = execInContainer("sh", "-c", script.formatted(inside));
            if (result.getExitCode() != 0) {
                throw new IllegalStateException(archive + ": " + result.getStderr());
            }
        } catch (IOException failed) {
            throw new IllegalStateException(archive + " could not be loaded", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(archive + " was not loaded", interrupted);
        }
    }
}
