package dev.gantry.local.cli;

import dev.gantry.local.instance.Instance;
import java.io.IOException;
import java.security.GeneralSecurityException;
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

    /** Returns when all of it works. */
    Instance start() throws IOException, GeneralSecurityException, InterruptedException {
        Instance instance = options.resolve(nodes);
        var cluster = new LocalCluster(instance);
        cluster.requireRoom();
        options.remember(instance);
        cluster.up(!noInstall);
        return instance;
    }
}
