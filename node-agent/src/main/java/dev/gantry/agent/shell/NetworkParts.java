package dev.gantry.agent.shell;

import dev.gantry.agent.pod.PodDirectory;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.client.shell.cache.ObjectCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The half of the agent that carries packets and streams: pod network, Services, DNS, and the HTTPS
 * port for logs and exec.
 *
 * @param cluster nodes, Services and endpoint slices as the feed tells them; observers must be
 *     registered before {@link #start} returns
 */
public record NetworkParts(
        NodeSettings settings, ContainerRuntime runtime, PodDirectory pods, ObjectCache cluster)
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkParts.class);

    /** Called once, before the feed that fills the cache and before any pod is run. */
    public void start() {
        LOG.info("node {} uses the pod network that its CNI folder describes", settings.name());
    }

    @Override
    public void close() {
        LOG.info("node {} leaves its pod network as it is", settings.name());
    }
}
