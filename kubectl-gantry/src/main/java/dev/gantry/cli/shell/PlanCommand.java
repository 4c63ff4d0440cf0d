package dev.gantry.cli.shell;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.cli.cluster.WhatIfCluster;
import dev.gantry.cli.plan.NewNodes;
import dev.gantry.cli.plan.PlanReport;
import dev.gantry.cli.plan.PlanText;
import dev.gantry.cli.plan.Planned;
import dev.gantry.cli.plan.Scenario;
import dev.gantry.cli.plan.ScenarioWriter;
import dev.gantry.cli.plan.SchedulingSimulation;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.profile.Profiles;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kubectl gantry plan}. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Says what would happen: where the pods of a manifest would go, what would stay pending"
                    + " and why, who would be preempted; with more nodes, or with a node drained.",
            "Exit code 1 if something would stay pending."
        })
final class PlanCommand implements Callable<Integer> {
    private static final int PENDING = 1;

    @Spec private @Nullable CommandSpec spec;
    @Mixin private Connection connection = new Connection();
    @Mixin private Output output = new Output();

    @Option(
            names = {"-f", "--filename"},
            description = "A manifest, a folder of them, or - for standard input. May be repeated.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--add-nodes",
            paramLabel = "N=SIZE",
            description = {
                "New nodes, of a size (3=4,16Gi: 4 cpus and 16Gi each; 3=4,16Gi,250: up to 250 pods)"
                        + " or like one that is there (3=node-1). May be repeated."
            })
    private List<String> addNodes = new ArrayList<>();

    @Option(
            names = "--drain",
            paramLabel = "NODE",
            description = "A node to be drained. May be repeated.")
    private List<String> drain = new ArrayList<>();

    @Option(
            names = {"-v", "--verbose"},
            description = "List all pods and nodes, however many there are, and why pods wait.")
    private boolean verbose;

    @Override
    public Integer call() throws Exception {
        if (files.isEmpty() && addNodes.isEmpty() && drain.isEmpty()) {
            throw wrong("say what is planned: -f FILE, --add-nodes N=SIZE, or --drain NODE");
        }
        List<NewNodes> newNodes = addNodes.stream().map(this::parsed).toList();
        ClusterApi api = connection.api();
        List<Resource> manifests = manifests();
        ClusterObjects cluster = new ClusterReader(api).read();
        Instant now = Instant.now();
        Profiles profiles = ProfileReading.read(api);
        var admission = new DryRun(api, Planned.of(manifests, cluster));
        var writer = new ScenarioWriter(cluster, admission, profiles, now);
        write(writer, newNodes, manifests);
        Scenario scenario = writer.scenario();
        SchedulingSimulation.Outcome outcome =
                SchedulingSimulation.run(scenario.cluster(), profiles, now);
        var before = new WhatIfCluster(cluster, profiles, now);
        PlanReport report = PlanReport.of(scenario, outcome, before);
        output.print(report, verbose ? PlanText.complete(report) : PlanText.brief(report));
        return report.leavesSomethingPending() ? PENDING : 0;
    }

    private void write(ScenarioWriter writer, List<NewNodes> newNodes, List<Resource> manifests) {
        for (NewNodes each : newNodes) {
            if (!writer.add(each)) {
                throw wrong("--add-nodes %s: there is no such node".formatted(each));
            }
        }
        for (String node : drain) {
            if (!writer.drain(node)) {
                throw wrong("--drain %s: there is no such node".formatted(node));
            }
        }
        manifests.forEach(writer::apply);
    }

    private NewNodes parsed(String text) {
        Optional<NewNodes> nodes = NewNodes.parse(text);
        String doubt =
                nodes.isEmpty()
                        ? "expected N=CPU,MEMORY[,PODS], such as 3=4,16Gi, or N=NODE, such as 3=node-1"
                        : nodes.get().doubt().orElse("");
        if (nodes.isEmpty() || !doubt.isEmpty()) {
            throw wrong("--add-nodes %s: %s".formatted(text, doubt));
        }
        return nodes.get();
    }

    /** Those that stand for no pods first: a pod may need a claim that comes after it. */
    private List<Resource> manifests() throws IOException {
        List<Resource> all = new ArrayList<>();
        for (String file : files) {
            List<Resource> objects = Manifests.read(file, connection.namespace());
            if (objects.isEmpty()) {
                throw new IOException(
                        "%s: there are no objects in it"
                                .formatted(file.equals("-") ? "standard input" : file));
            }
            all.addAll(objects);
        }
        all.sort(Comparator.comparing(ScenarioWriter::standsForPods));
        return all;
    }

    private ParameterException wrong(String why) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), why);
    }
}
