package dev.gantry.local.cli;

import dev.gantry.local.instance.Instance;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cluster to start, and what it takes. */
final class StartOptions {
    @Mixin private InstanceOptions options = new InstanceOptions();

    @Option(names = "--nodes", description = "How many nodes (default: as before, at first 2).")
    private @Nullable Integer nodes;

    @Option(
            names = "--no-install",
            description = "Never install anything: only say what is missing.")
    private boolean noInstall;

    @Option(
            names = "--node-patience",
            hidden = true,
            description = "Seconds that a node has which says itself that it is not Ready.")
    private int nodePatienceSeconds = NodeWait.PATIENCE_SECONDS;

    /** Returns when all of it works. */
    Instance start() throws IOException, GeneralSecurityException, InterruptedException {
        Instance instance = options.resolve(nodes);
        var cluster = new LocalCluster(instance);
        try (SlotLock _ = SlotLock.of(instance)) {
            cluster.requireRoom();
            options.remember(instance);
            cluster.begin(!noInstall);
        }
        cluster.awaitReady(Duration.ofSeconds(nodePatienceSeconds));
        return instance;
    }
}
