package dev.gantry.bench;

import dev.gantry.bench.hostile.HostileBench;
import dev.gantry.bench.schedule.ScheduleBench;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code gantry bench}: one subcommand per benchmark. */
@Command(
        name = "gantry bench",
        mixinStandardHelpOptions = true,
        description =
                "Measures a cluster, or two in turns (--url and --token twice), and prints a table"
                        + " of medians.",
        subcommands = {
            ApiBench.class,
            WatchBench.class,
            ScheduleBench.class,
            StartBench.class,
            WorkloadsBench.class,
            HostileBench.class
        })
public final class BenchMain implements Callable<Integer> {
    public static void main(String[] arguments) {
        var commands = new CommandLine(new BenchMain()).setCaseInsensitiveEnumValuesAllowed(true);
        commands.setExecutionExceptionHandler(
                (failed, _, _) -> {
                    System.err.println("gantry bench: " + said(failed));
                    if (System.getenv("GANTRY_DEBUG") != null) {
                        failed.printStackTrace();
                    }
                    return 1;
                });
        System.exit(commands.execute(arguments));
    }

    /** What is meant for people says it all; of anything else the kind is needed, too. */
    private static String said(Exception failed) {
        boolean isSentence =
                failed.getClass() == IOException.class
                        || failed instanceof IllegalArgumentException;
        return isSentence ? String.valueOf(failed.getMessage()) : failed.toString();
    }

    @Override
    public Integer call() {
        CommandLine.usage(this, System.out);
        return 0;
    }
}
