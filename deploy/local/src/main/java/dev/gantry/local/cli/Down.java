package dev.gantry.local.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gantry down}: stops the cluster and leaves nothing running or mounted. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description =
                "Stops the cluster: processes, containers, namespaces, bridge. Keeps its data.")
final class Down implements Callable<Integer> {
    @Mixin private InstanceOptions options = new InstanceOptions();

    @Option(names = "--purge", description = "Also removes the cluster's data, keys and images.")
    private boolean purge;

    @Override
    public Integer call() throws Exception {
        var cluster = new LocalCluster(options.resolve(null));
        cluster.down();
        if (purge) {
            cluster.purge();
        }
        return 0;
    }
}
