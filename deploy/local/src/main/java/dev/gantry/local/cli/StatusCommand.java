package dev.gantry.local.cli;

import dev.gantry.local.instance.Instance;
import dev.gantry.local.process.MemoryUse;
import dev.gantry.local.process.ProcessState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code gantry status}: every process with its pid, state and memory. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Lists the cluster's processes and their memory. Exit code 0 if all are ready, 3 if"
                        + " not.")
final class StatusCommand implements Callable<Integer> {
    private static final String ROW = "%-16s %8s  %-9s %8s  %9s  %s%n";

    @Mixin private InstanceOptions options = new InstanceOptions();

    @Option(names = "--json", description = "For machines.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Instance instance = options.resolve(null);
        List<ProcessState> processes = new LocalCluster(instance).processes();
        boolean isUp =
                !processes.isEmpty() && processes.stream().allMatch(p -> p.state().equals("ready"));
        if (json) {
            System.out.println(answer(instance, processes, isUp).toPrettyString());
        } else if (processes.isEmpty()) {
            System.out.println(absence(instance));
        } else {
            print(processes);
        }
        return isUp ? 0 : 3;
    }

    private static String absence(Instance instance) throws IOException {
        Optional<RunningCluster> found = RunningClusters.ofThisMachine().in(instance.slot());
        if (found.isEmpty()) {
            return "The cluster is down.";
        }
        return found.get().isOf(instance.home())
                ? "The cluster's supervisor was killed, and what it had started goes on alone: ./gantry up starts all anew, ./gantry down ends it."
                : "The cluster is down. In its slot, %d, is %s."
                        .formatted(instance.slot(), found.get().words());
    }

    private static ObjectNode answer(
            Instance instance, List<ProcessState> processes, boolean isUp) {
        var answer = JsonMapper.shared().createObjectNode();
        answer.put("home", instance.home().toString());
        answer.put("state", processes.isEmpty() ? "down" : isUp ? "ready" : "degraded");
        var list = answer.putArray("processes");
        for (ProcessState each : processes) {
            ObjectNode entry = JsonMapper.shared().valueToTree(each);
            MemoryUse memory = memory(each);
            entry.put("residentBytes", memory.residentBytes());
            entry.put("proportionalBytes", memory.proportionalBytes());
            list.add(entry);
        }
        return answer;
    }

    private static void print(List<ProcessState> processes) {
        System.out.printf(ROW, "PROCESS", "PID", "STATE", "RESTARTS", "MEMORY", "LAST EXIT");
        MemoryUse sum = MemoryUse.NONE;
        for (ProcessState each : processes) {
            MemoryUse memory = memory(each);
            sum = sum.plus(memory);
            System.out.printf(
                    ROW,
                    each.name(),
                    each.pid() == 0 ? "-" : Long.toString(each.pid()),
                    each.state(),
                    each.restarts(),
                    megabytes(memory.proportionalBytes()),
                    each.lastExit());
        }
        System.out.printf(
                "Together %s; %s if what they share is counted for each.%n",
                megabytes(sum.proportionalBytes()), megabytes(sum.residentBytes()));
    }

    /** PostgreSQL is a family of processes; the supervisor's family is the whole cluster. */
    private static MemoryUse memory(ProcessState process) {
        return process.name().equals(LocalCluster.SUPERVISOR)
                ? MemoryUse.of(process.pid())
                : MemoryUse.ofFamily(process.pid());
    }

    private static String megabytes(long bytes) {
        return (bytes >> 20) + " MB";
    }
}
