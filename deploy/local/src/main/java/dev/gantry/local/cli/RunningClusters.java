package dev.gantry.local.cli;

import static java.util.stream.Collectors.joining;

import dev.gantry.local.instance.Instance;
import dev.gantry.local.process.ProcessState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The clusters of this machine that run now. Their processes tell it: what files say may be of a
 * run that is over.
 *
 * <p>Invariant: who wants a slot, or to end what is in it, asks here first: in the slot of another
 * cluster nothing is touched.
 */
final class RunningClusters {
    private static final Pattern FOLDER = Pattern.compile("gantry(\\d*)");
    private static final String HOME = "--home=";

    private final Path runs;

    /**
     * @param runs where each cluster that runs has a folder, named after its slot
     */
    RunningClusters(Path runs) {
        this.runs = runs;
    }

    static RunningClusters ofThisMachine() {
        return new RunningClusters(Instance.RUNS);
    }

    /** Whichever has the slot. */
    Optional<RunningCluster> in(int slot) throws IOException {
        return all().stream().filter(each -> each.slot() == slot).findFirst();
    }

    /** Where the cluster of a folder runs, if it does. */
    Optional<RunningCluster> of(Path home) throws IOException {
        for (RunningCluster each : all()) {
            if (each.isOf(home)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Throws where another cluster has the slot, or this one runs in another slot. */
    void requireSlotOf(Instance instance) throws IOException {
        Optional<RunningCluster> holder = in(instance.slot());
        if (holder.isPresent() && !holder.get().isOf(instance.home())) {
            throw new IOException(
                    "slot %d is taken by %s. Nothing was changed.%nGive the cluster in %s a slot of its own with --slot N, or end the other one: %s"
                            .formatted(
                                    instance.slot(),
                                    holder.get().words(),
                                    instance.home(),
                                    holder.get().endingCommand()));
        }
        Optional<RunningCluster> own = of(instance.home());
        if (own.isPresent() && own.get().slot() != instance.slot()) {
            throw new IOException(
                    "%s runs in slot %d, not in slot %d. Nothing was changed.%nLeave out --slot, or end it first: %s"
                            .formatted(
                                    own.get().words(),
                                    own.get().slot(),
                                    instance.slot(),
                                    own.get().endingCommand()));
        }
    }

    /** Throws where the cluster runs and what it needs for that was removed meanwhile. */
    void requireFilesOf(Instance instance) throws IOException {
        Optional<RunningCluster> own = of(instance.home());
        List<Path> missing = missing(instance);
        if (own.isPresent() && own.get().supervisor() != 0 && !missing.isEmpty()) {
            String gone =
                    Files.exists(instance.home())
                            ? missing.stream().map(Path::toString).collect(joining(", "))
                            : instance.home().toString();
            throw new IOException(
                    "%s still runs, and has lost its files: there is no %s. Nothing was changed.%nWhat was removed does not come back. End what is left, then start anew: %s && GANTRY_HOME=%s ./gantry up --slot %d"
                            .formatted(
                                    own.get().words(),
                                    gone,
                                    own.get().endingCommand(),
                                    instance.home(),
                                    instance.slot()));
        }
    }

    /** What a cluster that was ever started has, and this one has not. */
    static List<Path> missing(Instance instance) {
        return Stream.of(instance.pki(), instance.secrets(), instance.data())
                .filter(Files::notExists)
                .toList();
    }

    private List<RunningCluster> all() throws IOException {
        List<RunningCluster> found = new ArrayList<>();
        if (!Files.isDirectory(runs)) {
            return found;
        }
        try (Stream<Path> folders = Files.list(runs)) {
            for (Path each : (Iterable<Path>) folders.sorted()::iterator) {
                Matcher name = FOLDER.matcher(each.getFileName().toString());
                if (name.matches()) {
                    String number = name.group(1);
                    int slot = number.isEmpty() ? 0 : Integer.parseInt(number);
                    supervised(each, slot).or(() -> orphaned(each, slot)).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private static Optional<RunningCluster> supervised(Path run, int slot) {
        return read(run.resolve("supervisor.pid"))
                .map(text -> Long.parseLong(text.strip()))
                .flatMap(
                        pid ->
                                home(commandLine(pid))
                                        .map(home -> new RunningCluster(home, slot, pid)));
    }

    /** Of a supervisor's command line. */
    private static Optional<Path> home(List<String> words) {
        return words.contains("supervise")
                ? words.stream()
                        .filter(word -> word.startsWith(HOME))
                        .map(word -> Path.of(word.substring(HOME.length())))
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<RunningCluster> orphaned(Path run, int slot) {
        return read(run.resolve("state.json"))
                .map(text -> List.of(JsonMapper.shared().readValue(text, ProcessState[].class)))
                .stream()
                .flatMap(List::stream)
                .filter(RunningClusters::isAlive)
                .findFirst()
                .map(each -> new RunningCluster(home(each), slot, 0));
    }

    /** An id may be another process's by now: one of a cluster names the cluster's folder. */
    static boolean isAlive(ProcessState process) {
        String home = home(process).toString();
        return commandLine(process.pid()).stream().anyMatch(word -> word.contains(home));
    }

    /** Its log is in the cluster's folder of logs. */
    private static Path home(ProcessState process) {
        return Path.of(process.log()).resolve("../..").normalize();
    }

    /** Empty where there is no such process. */
    private static List<String> commandLine(long pid) {
        return read(Path.of("/proc", Long.toString(pid), "cmdline"))
                .map(text -> List.of(text.split("\0")))
                .orElse(List.of());
    }

    /** Empty where it is not there, or not any more. */
    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
