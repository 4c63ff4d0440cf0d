package dev.gantry.local.cli;

import dev.gantry.local.demo.Demonstration;
import dev.gantry.local.demo.Part;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code gantry demo}: from nothing to applications that serve, keep data, end and grow, shown step
 * by step.
 */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a cluster, runs sample applications on it, and shows that they work: a web"
                    + " application that heals (web), a StatefulSet that keeps its data (storage),"
                    + " a Job (job), and a Deployment that grows under load (load).",
            "It may be repeated in a cluster that runs."
        })
final class Demo implements Callable<Integer> {
    @Mixin private StartOptions options = new StartOptions();

    @Option(names = "--short", description = "Only the web application; it takes a minute less.")
    private boolean isShort;

    @Option(
            names = "--skip",
            split = ",",
            paramLabel = "<part>",
            description = "Leaves parts out: web, storage, job, load.")
    private Set<Part> skipped = EnumSet.noneOf(Part.class);

    @Override
    public Integer call() throws Exception {
        Set<Part> leftOut = EnumSet.noneOf(Part.class);
        leftOut.addAll(skipped);
        if (isShort) {
            leftOut.addAll(Part.LONG);
        }
        new Demonstration(options.start(), leftOut).run();
        return 0;
    }
}
