package dev.gantry.local.cli;

import dev.gantry.local.component.Java;
import dev.gantry.local.instance.Instance;
import dev.gantry.local.process.ProcessState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Tells a person how the start goes, and fails with the end of the log of what does not come up, or
 * with what the nodes that cannot run pods say of themselves.
 */
final class StartProgress {
    /** JVMs that are trained take notes, which makes their start several times as long. */
    private static final Duration LIMIT = Duration.ofMinutes(Java.isTraining() ? 10 : 3);

    private static final Duration REMINDER = Duration.ofSeconds(10);

    /** Cost: the API's client takes a second of a processor, wanted by what starts meanwhile. */
    private static final Duration USUAL = Duration.ofSeconds(15);

    private static final int MAX_RESTARTS = 3;

    private final Instance instance;
    private final LocalCluster cluster;
    private final NodeWait nodes;
    private final long began = System.nanoTime();
    private final Instant started = Instant.now();
    private final Map<String, String> told = new HashMap<>();

    /** How often each had been started again when it was first seen: before that is past. */
    private final Map<String, Integer> restartsBefore = new HashMap<>();

    private long lastWord = began;

    /**
     * @param nodePatience with a node that says itself that it is not Ready
     */
    StartProgress(Instance instance, LocalCluster cluster, Duration nodePatience) {
        this.instance = instance;
        this.cluster = cluster;
        this.nodes = new NodeWait(instance, nodePatience);
    }

    void await() throws IOException, InterruptedException {
        var never = new CountDownLatch(1);
        while (elapsed().compareTo(LIMIT) < 0) {
            List<ProcessState> processes = cluster.processes();
            processes.forEach(this::tell);
            giveUpOn(processes);
            if (!processes.isEmpty() && processes.stream().allMatch(StartProgress::isReady)) {
                System.out.printf("All ready after %.1f s%n", elapsed().toMillis() / 1000.0);
                return;
            }
            if (elapsed().compareTo(USUAL) > 0 && isApiUp(processes)) {
                nodes.areReady();
            }
            remind(processes);
            never.await(50, TimeUnit.MILLISECONDS);
        }
        throw new IOException(diskTrouble() + lateness(cluster.processes()) + nodes.text());
    }

    private static boolean isApiUp(List<ProcessState> processes) {
        return processes.stream().anyMatch(p -> p.name().equals("control-plane") && isReady(p));
    }

    /** Of an agent it says that the API calls its node Ready. */
    private static boolean isReady(ProcessState process) {
        return process.state().equals("ready");
    }

    /** With the end of the log of each that is late. */
    private static String lateness(List<ProcessState> processes) throws IOException {
        var message = new StringBuilder("not ready within " + LIMIT.toSeconds() + " s: ");
        message.append(waitingFor(processes));
        for (ProcessState each : processes) {
            if (!each.state().equals("ready")) {
                message.append("%nThe end of %s:%n".formatted(each.log()));
                message.append(LogEnd.of(each.log()).text());
            }
        }
        return message.toString();
    }

    private void tell(ProcessState process) {
        String word =
                process.restarts() == 0
                        ? process.state()
                        : process.state() + " (restarted, " + process.lastExit() + ")";
        if (word.equals(told.put(process.name(), word))) {
            return;
        }
        if (!process.state().equals("stopped")) {
            System.out.printf(
                    "  %5.1f s  %-16s %s%n", elapsed().toMillis() / 1000.0, process.name(), word);
            lastWord = System.nanoTime();
        }
    }

    private void giveUpOn(List<ProcessState> processes) throws IOException {
        for (ProcessState each : processes) {
            if (each.cannotStart()) {
                throw new CannotStart(LogEnd.of(each.log()).reason() + "\nIts log: " + each.log());
            }
            int before = restartsBefore.computeIfAbsent(each.name(), _ -> each.restarts());
            if (each.restarts() - before >= MAX_RESTARTS && !isReady(each)) {
                throw new IOException(
                        "%s%s%s does not start (%s). The end of its log, %s:%n%s"
                                .formatted(
                                        diskTrouble(),
                                        memoryTrouble(each),
                                        each.name(),
                                        each.lastExit(),
                                        each.log(),
                                        LogEnd.of(each.log()).text()));
            }
        }
        if (processes.isEmpty() && cluster.hasSupervisorEnded()) {
            String log = instance.logs().resolve("supervisor.log").toString();
            throw new IOException(
                    "the supervisor does not start; " + log + ":\n" + LogEnd.of(log).text());
        }
    }

    private String diskTrouble() throws IOException {
        return DiskSpace.of(instance.home()).trouble();
    }

    static String memoryTrouble(ProcessState process) {
        return process.wasKilled()
                ? "%s was killed, as the kernel does where there is no more memory, on the machine or in this cgroup; a cluster of two nodes takes 1.3 GB.%n"
                        .formatted(process.name())
                : "";
    }

    /** With the newest line of the first log, which may say what it waits for itself. */
    private void remind(List<ProcessState> processes) throws IOException {
        if (System.nanoTime() - lastWord <= REMINDER.toNanos()) {
            return;
        }
        System.out.printf(
                "  %5.1f s  waiting for %s%n",
                elapsed().toMillis() / 1000.0, waitingFor(processes));
        for (ProcessState each : processes) {
            if (each.state().equals("starting") && LogEnd.of(each.log()).isSince(started)) {
                System.out.println("           " + LogEnd.of(each.log()).line());
                break;
            }
        }
        lastWord = System.nanoTime();
    }

    private static String waitingFor(List<ProcessState> processes) {
        return processes.stream()
                .filter(each -> !each.state().equals("ready"))
                .map(each -> each.name() + " (see `gantry logs " + each.name() + "`)")
                .collect(Collectors.joining(", "));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
