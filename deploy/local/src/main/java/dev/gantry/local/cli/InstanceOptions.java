package dev.gantry.local.cli;

import dev.gantry.local.instance.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which cluster of this machine is meant. Slot and node count are remembered in its folder, so that
 * only the first {@code up} needs to be told.
 */
final class InstanceOptions {
    @Option(
            names = "--home",
            description =
                    "Folder of the cluster (default: $GANTRY_HOME, or .gantry in the project).")
    private @Nullable Path home;

    @Option(
            names = "--slot",
            description =
                    "0 to 99: chooses ports and addresses, for several clusters on one machine.")
    private @Nullable Integer slot;

    @Option(
            names = "--distribution",
            hidden = true,
            required = true,
            description = "Folder of the built jars; the gantry script knows it.")
    private @Nullable Path distribution;

    /**
     * @param nodes as asked for now; null for "as before"
     */
    Instance resolve(@Nullable Integer nodes) throws IOException {
        Path folder = folder();
        Properties known = new Properties();
        Path file = file(folder);
        if (Files.exists(file)) {
            try (var in = Files.newInputStream(file)) {
                known.load(in);
            }
        }
        int chosenSlot = choose(slot, known, "slot", slotOf(folder));
        int chosenNodes = choose(nodes, known, "nodes", 2);
        Path jars = distribution;
        if (jars == null) {
            throw new IOException("no --distribution given: start this through the gantry script");
        }
        return new Instance(folder, jars.toAbsolutePath(), chosenSlot, chosenNodes);
    }

    void remember(Instance instance) throws IOException {
        Files.createDirectories(instance.home());
        Path file = file(instance.home());
        // As a whole: where the disk is full, what was known before stays.
        Path fresh = file.resolveSibling("instance.properties.new");
        Files.writeString(
                fresh, "slot=%d%nnodes=%d%n".formatted(instance.slot(), instance.nodeCount()));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path file(Path folder) {
        return folder.resolve("instance.properties");
    }

    private Path folder() throws IOException {
        Path chosen = home;
        String fromEnvironment = System.getenv("GANTRY_HOME");
        if (chosen == null && fromEnvironment != null) {
            chosen = Path.of(fromEnvironment);
        }
        if (chosen == null) {
            throw new IOException("no --home given and GANTRY_HOME is not set");
        }
        return chosen.toAbsolutePath().normalize();
    }

    /** Of a cluster that runs on though its folder was removed. */
    private static int slotOf(Path folder) throws IOException {
        return RunningClusters.ofThisMachine().of(folder).map(RunningCluster::slot).orElse(0);
    }

    private static int choose(@Nullable Integer asked, Properties known, String name, int otherwise)
            throws IOException {
        if (asked != null) {
            return asked;
        }
        String text = known.getProperty(name, Integer.toString(otherwise)).strip();
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException malformed) {
            throw new IOException(
                    "instance.properties of this cluster says %s=%s: a number is expected; --%s N sets it"
                            .formatted(name, text, name),
                    malformed);
        }
    }
}
