package dev.gantry.agent.shell.cni;

import dev.gantry.agent.network.CniConfig;
import dev.gantry.agent.network.Family;
import dev.gantry.agent.network.NodeView;
import dev.gantry.agent.network.Routes;
import dev.gantry.agent.shell.command.Commands;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.file.PrivateFile;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the CNI configuration as soon as the node has its pod CIDRs, and keeps the routes to the
 * pods of all other nodes.
 *
 * <p>The runtime reports its network ready once the configuration is there, so no pod starts
 * without. Closing leaves both: pods go on talking while the agent is away.
 */
public final class PodNetwork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PodNetwork.class);
    private static final String FILE = "10-gantry.conflist";
    private static final Duration CAUGHT_UP_POLL = Duration.ofSeconds(1);

    /** Routes go with a device that goes down, and no event says so. */
    private static final Duration RENEW = Duration.ofMinutes(1);

    private final String node;
    private final Path configuration;
    private final Path leases;
    private final Commands commands;
    private final ObjectCache cache;
    private final Map<String, NodeView> nodes = new ConcurrentSkipListMap<>();
    private final BlockingQueue<Boolean> changes = new ArrayBlockingQueue<>(1);
    private final Loop loop = new Loop("pod-network", this::run);

    /**
     * @param leases where the addresses in use are noted; one folder per node
     */
    public PodNetwork(
            String node,
            Path configurationFolder,
            Path leases,
            Commands commands,
            ObjectCache cache) {
        this.node = node;
        this.configuration = configurationFolder.resolve(FILE);
        this.leases = leases;
        this.commands = commands;
        this.cache = cache;
    }

    /** To be called before the cache is filled. */
    public void start() {
        cache.observe(this::onObject);
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    private void onObject(ObjectKey key, Optional<Resource> before, Optional<Resource> after) {
        if (!key.resource().equals(Resources.NODES)) {
            return;
        }
        Optional<NodeView> view = after.map(NodeView::of);
        NodeView old =
                view.isPresent() ? nodes.put(key.name(), view.get()) : nodes.remove(key.name());
        if (!view.equals(Optional.ofNullable(old))) {
            changes.offer(true);
        }
    }

    private void run() throws InterruptedException, IOException {
        while (!loop.isClosed()) {
            writeConfiguration();
            if (cache.awaitCaughtUp(CAUGHT_UP_POLL)) {
                putRoutes();
                changes.poll(RENEW.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    private void writeConfiguration() throws IOException {
        NodeView self = nodes.get(node);
        if (self == null || self.podCidrs().isEmpty()) {
            return;
        }
        String wanted = CniConfig.text(self.podCidrs(), leases.toString());
        if (Files.exists(configuration) && Files.readString(configuration).equals(wanted)) {
            return;
        }
        Files.createDirectories(leases);
        // The runtime watches the folder: it never sees half a file.
        PrivateFile.write(configuration, wanted);
        LOG.info("pod network {} is configured", self.podCidrs());
    }

    /** Against what the kernel has, so that neither a restart nor a lost device leaves gaps. */
    private void putRoutes() {
        Routes wanted = Routes.of(List.copyOf(nodes.values()), node);
        for (Family family : Family.values()) {
            String flag = family == Family.IP4 ? "-4" : "-6";
            String listing =
                    commands.run("", "ip", flag, "route", "show", "proto", "" + Routes.PROTOCOL);
            String batch = wanted.batch(Routes.parse(listing), family);
            if (!batch.isEmpty()) {
                commands.run(batch, "ip", flag, "-force", "-batch", "-");
            }
        }
    }
}
