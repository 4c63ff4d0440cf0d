package dev.gantry.local.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code gantry demo}: from nothing to an application that serves and heals, shown step by step.
 */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Starts a cluster, runs a sample application on it, and shows that it works.")
final class Demo implements Callable<Integer> {
    @Mixin private StartOptions options = new StartOptions();

    @Override
    public Integer call() throws Exception {
        new DemoStory(options.start()).tell();
        return 0;
    }
}
