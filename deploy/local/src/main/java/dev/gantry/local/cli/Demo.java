package dev.gantry.local.cli;

import dev.gantry.local.instance.Instance;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code gantry demo}: from nothing to an application that serves and heals, shown step by step.
 */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Starts a cluster, runs a sample application on it, and shows that it works.")
final class Demo implements Callable<Integer> {
    @Mixin private InstanceOptions options = new InstanceOptions();

    @Option(names = "--nodes", description = "How many nodes (default: as before, at first 2).")
    private @Nullable Integer nodes;

    @Option(
            names = "--no-install",
            description = "Never install anything: only say what is missing.")
    private boolean noInstall;

    @Override
    public Integer call() throws Exception {
        Instance instance = options.resolve(nodes);
        options.remember(instance);
        new LocalCluster(instance).up(!noInstall);
        new DemoStory(instance).tell();
        return 0;
    }
}
