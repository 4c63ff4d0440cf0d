package dev.gantry.local.component;

import dev.gantry.client.shell.file.PrivateFile;
import dev.gantry.local.instance.Instance;
import dev.gantry.local.instance.NodePlace;
import dev.gantry.local.prerequisite.Prerequisites;
import dev.gantry.local.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A node's agent: a JVM of its own in the node's network namespace. */
public final class Agent {
    private static final String MAIN = "dev.gantry.agent.shell.AgentMain";

    /**
     * What it does as root: mounts volumes, gives their files to others, sets up networks, answers
     * for DNS. It can get nothing else by starting a program, either.
     */
    private static final List<String> CONFINED =
            List.of(
                    "setpriv",
                    "--bounding-set=-all,+chown,+dac_override,+fowner,+fsetid,+net_admin"
                            + ",+net_bind_service,+sys_admin",
                    "--inh-caps=-all",
                    "--no-new-privs",
                    "--");

    /** As often as Kubernetes' route controller looks after the routes to nodes. */
    private static final Duration RENEWAL = Duration.ofSeconds(10);

    private final NodePlace node;

    public Agent(NodePlace node) {
        this.node = node;
    }

    public void prepare(Kafka kafka) throws IOException {
        Instance instance = node.instance();
        Files.createDirectories(node.home());
        var properties = commonSettings(instance);
        properties.kafka(kafka.nodeProperties(node));
        properties.put("gantry.api.kubeconfig", instance.kubeconfigOf(node.identity()));
        properties.put("gantry.pki.dir", instance.pki());
        properties.put("gantry.node.name", node.name());
        properties.put("gantry.node.addresses", node.address() + "," + node.address6());
        properties.put("gantry.node.containerd-socket", node.containerdSocket());
        properties.put("gantry.node.root", node.home().resolve("agent"));
        properties.put("gantry.node.cni-conf-dir", node.cniConfig());
        properties.put("gantry.node.cni-bin-dir", Prerequisites.CNI_PLUGINS);
        properties.put("gantry.node.cgroup-root", "/" + node.namespace());
        properties.put("gantry.node.http-port", "10250");
        PrivateFile.write(configuration(), properties.text());
    }

    /** Those that all agents of a cluster have, also of machines that join it. */
    public static ServiceProperties commonSettings(Instance instance) {
        var properties = new ServiceProperties();
        properties.kafka(Map.of("bootstrap.servers", Kafka.nodeBootstrap(instance)));
        properties.put("gantry.node.cluster-dns", ControlPlane.DNS_ADDRESSES);
        properties.put("gantry.node.service-cidrs", ControlPlane.SERVICE_CIDRS);
        properties.put("gantry.node.load-balancer-ranges", instance.balancerRanges());
        return properties;
    }

    public ProcessSpec process(ApiProbe api) throws IOException {
        List<String> command = new ArrayList<>(List.of("nsenter", "--net=" + node.namespaceFile()));
        command.addAll(CONFINED);
        command.addAll(
                Java.command(
                        node.instance(),
                        "agent",
                        List.of(
                                Java.optionsIn(node.instance(), "hot-only"),
                                Java.optionsIn(node.instance(), "agent")),
                        MAIN,
                        List.of(
                                "--spring.config.additional-location=file:%s,optional:file:%s"
                                        .formatted(
                                                configuration(), node.instance().ownSettings()))));
        return new ProcessSpec(
                "agent-" + node.number(),
                // Those in training write their caches, for which each needs a core, all at once.
                Java.isTraining() ? 2 : 3,
                command,
                Java.environment(),
                node.instance().logs().resolve("agent-" + node.number() + ".log"),
                new ProcessSpec.Readiness(new NodeProbe(node, api)::isReady, RENEWAL),
                ProcessSpec.Stop.by("TERM"));
    }

    private Path configuration() {
        return node.instance()
                .home()
                .resolve("config")
                .resolve("agent-" + node.number() + ".properties");
    }
}
