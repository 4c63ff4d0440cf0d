package dev.gantry.local.cli;

import dev.gantry.local.instance.Instance;
import dev.gantry.local.process.ProcessState;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code gantry status}: every process with its pid and state. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Lists the cluster's processes. Exit code 0 if all are ready, 3 if not.")
final class StatusCommand implements Callable<Integer> {
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
            var answer = JsonMapper.shared().createObjectNode();
            answer.put("home", instance.home().toString());
            answer.put("state", processes.isEmpty() ? "down" : isUp ? "ready" : "degraded");
            answer.set("processes", JsonMapper.shared().valueToTree(processes));
            System.out.println(answer.toPrettyString());
        } else if (processes.isEmpty()) {
            System.out.println("The cluster is down.");
        } else {
            System.out.printf(
                    "%-16s %8s  %-9s %8s  %s%n",
                    "PROCESS", "PID", "STATE", "RESTARTS", "LAST EXIT");
            for (ProcessState each : processes) {
                String pid = each.pid() == 0 ? "-" : Long.toString(each.pid());
                System.out.printf(
                        "%-16s %8s  %-9s %8d  %s%n",
                        each.name(), pid, each.state(), each.restarts(), each.lastExit());
            }
        }
        return isUp ? 0 : 3;
    }
}
