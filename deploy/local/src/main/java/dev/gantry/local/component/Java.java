package dev.gantry.local.component;

import dev.gantry.local.instance.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How the JVMs of an instance are started: all from one folder of jars, each with its own AOT
 * cache.
 */
public final class Java {
    /**
     * For those that speak TLS with other parts of Gantry only: an agent does so with pods, too, of
     * which some know no other key exchange than that by P-256. Cost: a client offers a key of each
     * of two kinds unless told to make one, and makes them in the interpreter when it starts.
     */
    static final String ONE_KEY_EXCHANGE = "-Djdk.tls.namedGroups=x25519";

    /**
     * For a JVM that makes little garbage: its old generation stays close to what lives there,
     * where usually two fifths are left free.
     */
    public static final String TIGHT_HEAP = "-XX:MinHeapFreeRatio=15";

    private static final String TRAINING = "gantry.training";

    private Java() {}

    /** Stands for all options of a file of the distribution; the agent's script has them, too. */
    static String optionsIn(Instance instance, String file) {
        return "@" + instance.distribution().resolve("jvm").resolve(file + ".options");
    }

    /** Whether the JVMs started now shall write their AOT caches when they end. */
    public static boolean isTraining() {
        return Boolean.getBoolean(TRAINING);
    }

    public static void train() {
        System.setProperty(TRAINING, "true");
    }

    /**
     * The command line of one JVM.
     *
     * @param cache the name of its AOT cache, which is used where it has been trained; empty for a
     *     JVM that makes do with the JDK's own
     * @param options further JVM options, such as the collector and the heap
     */
    public static List<String> command(
            Instance instance,
            String cache,
            List<String> options,
            String main,
            List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(optionsIn(instance, "always"));
        Path file = instance.distribution().resolve("aot").resolve(cache + ".aot");
        if (isTraining() && !cache.isEmpty()) {
            command.add("-XX:AOTCacheOutput=" + file);
        } else if (isCurrent(file, instance)) {
            command.add("-XX:AOTCache=" + file);
            command.add("-Xlog:aot=off,cds=off,aot*=off,cds*=off");
            // Cost: at a random address, which is the default, all of a cache is rewritten at
            // start and becomes memory of this process alone: 200 MB with two nodes.
            command.add("-XX:+UnlockDiagnosticVMOptions");
            command.add("-XX:ArchiveRelocationMode=0");
        }
        if (isTraining()) {
            command.add("-D" + TRAINING + "=true");
        }
        command.addAll(options);
        command.add("-cp");
        command.add(classPath(instance));
        command.add(main);
        command.addAll(arguments);
        return command;
    }

    /**
     * What a JVM finds in its environment. Cost: with the usual eight arenas per core, every thread
     * that ever allocated leaves its remains behind.
     */
    public static SortedMap<String, String> environment() {
        return new TreeMap<>(Map.of("MALLOC_ARENA_MAX", "2"));
    }

    /** A cache that is older than a jar would bring back that jar's former classes. */
    private static boolean isCurrent(Path cache, Instance instance) throws IOException {
        if (!Files.exists(cache)) {
            return false;
        }
        var made = Files.getLastModifiedTime(cache);
        try (var jars = Files.list(instance.distribution().resolve("lib"))) {
            for (Path jar : (Iterable<Path>) jars::iterator) {
                if (Files.getLastModifiedTime(jar).compareTo(made) > 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** In a fixed order, since an AOT cache is bound to it. */
    private static String classPath(Instance instance) throws IOException {
        try (var jars = Files.list(instance.distribution().resolve("lib"))) {
            return jars.filter(jar -> jar.toString().endsWith(".jar"))
                    .map(Path::toString)
                    .sorted()
                    .collect(Collectors.joining(":"));
        }
    }
}
