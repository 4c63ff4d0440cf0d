package dev.gantry.local.component;

import dev.gantry.client.shell.file.PrivateFile;
import dev.gantry.local.control.ControlPlaneMain;
import dev.gantry.local.instance.Instance;
import dev.gantry.local.pki.SecretFile;
import dev.gantry.local.process.ProcessSpec;
import dev.gantry.model.address.AddressBlock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** State, gateway, scheduler, controllers and monitoring in one JVM. */
public final class ControlPlane {
    public static final String SERVICE_CIDRS = "10.96.0.0/16,fd00:10:96::/112";
    public static final String DNS_ADDRESSES = "10.96.0.10,fd00:10:96::a";
    public static final List<String> SERVICES =
            List.of("state", "gateway", "scheduler", "controller", "monitoring");

    private final Instance instance;

    public ControlPlane(Instance instance) {
        this.instance = instance;
    }

    /** One properties file per service: the same files start the same services one by one. */
    public void prepare(Postgres postgres, Kafka kafka) throws IOException {
        SecretFile.readOrMake(instance.secrets().resolve("data-key"));
        for (String service : SERVICES) {
            var properties = new ServiceProperties();
            properties.kafka(kafka.serviceProperties(identity(service)));
            properties.put("gantry.pki.dir", instance.pki());
            switch (service) {
                case "state" -> state(properties, postgres);
                case "gateway" -> gateway(properties);
                case "scheduler" -> scheduler(properties);
                case "controller" -> controller(properties);
                default -> monitoring(properties, postgres);
            }
            PrivateFile.write(configuration(service), properties.text());
        }
    }

    /** The name of the certificate that a service shows; to the API, too, where it is a client. */
    private static String identity(String service) {
        return switch (service) {
            case "state" -> "state";
            case "gateway" -> "gateway-client";
            case "scheduler" -> "system:kube-scheduler";
            case "controller" -> "system:kube-controller-manager";
            default -> "system:gantry:monitoring";
        };
    }

    public ProcessSpec process(ApiProbe api) throws IOException {
        List<String> command =
                Java.command(
                        instance,
                        "control-plane",
                        List.of(
                                Java.optionsIn(instance, "hot-only"),
                                // Cost: 3,100 pods/s are placed instead of 2,500 with the serial
                                // collector (2,000 nodes, two cores); memory is the same.
                                "-XX:+UseParallelGC",
                                // Cost: 60 MB live in a small cluster. The generations grow where
                                // there is more to do.
                                "-Xms128m",
                                "-XX:NewSize=40m",
                                "-Xmx" + heapMegabytes() + "m",
                                // What lives may grow to the limit; what is thrown away must not
                                // make the process thrice as big as what lives. Cost: with less
                                // than this, objects that live for a moment grow old, and twice as
                                // much time goes into collections.
                                "-XX:MaxNewSize=" + heapMegabytes() / 6 + "m",
                                "-XX:MaxHeapFreeRatio=50",
                                // After a burst the control plane asks for a collection. Cost:
                                // without this the heap is not made smaller by that; 2.1 GB became
                                // 0.8 GB where 90 MB were alive.
                                "-XX:+UseAdaptiveSizePolicyWithSystemGC",
                                // Address space only: with the usual 240 MB, let alone with a small
                                // JVM's, code that was compiled for a burst of pods set off a full
                                // collection of 0.4 to 0.9 s.
                                "-XX:ReservedCodeCacheSize=480m",
                                "-Xss512k"),
                        ControlPlaneMain.class.getName(),
                        List.of(instance.home().resolve("config").toString()));
        return new ProcessSpec(
                "control-plane",
                2,
                command,
                Java.environment(),
                instance.logs().resolve("control-plane.log"),
                ProcessSpec.Readiness.once(api::isReady),
                ProcessSpec.Stop.by("TERM"));
    }

    /**
     * A limit, not a wish: a small cluster takes some 300 MB. Ten thousands of nodes and pods need
     * gigabytes, so the limit follows the machine: an eighth of its memory.
     */
    private static long heapMegabytes() {
        long machine = Machine.memoryBytes() >> 20;
        return Math.clamp(machine / 8, 640, 4000);
    }

    private void state(ServiceProperties properties, Postgres postgres) throws IOException {
        database(properties, postgres, "gantry_state");
        properties.put("gantry.state.data-key-file", instance.secrets().resolve("data-key"));
        properties.put("gantry.state.service-cidrs", SERVICE_CIDRS);
        properties.put("gantry.state.dns-addresses", DNS_ADDRESSES);
        if (instance.nodeCount() > 0) {
            properties.put(
                    "gantry.state.api-addresses",
                    instance.hostAddress() + "," + instance.hostAddress6());
        }
        properties.put("gantry.state.api-port", instance.gatewayPort());
        properties.put("gantry.state.http.enabled", "false");
    }

    private void gateway(ServiceProperties properties) {
        properties.put("gantry.gateway.port", instance.gatewayPort());
        properties.put(
                "gantry.gateway.addresses",
                instance.nodeCount() == 0
                        ? "127.0.0.1"
                        : "127.0.0.1," + instance.hostAddress() + "," + instance.hostAddress6());
        properties.put("gantry.gateway.audit-log", instance.logs().resolve("audit.log"));
    }

    private void scheduler(ServiceProperties properties) {
        kubeconfig(properties, identity("scheduler"));
        properties.put("gantry.scheduler.management-port", instance.schedulerPort());
    }

    private void controller(ServiceProperties properties) {
        kubeconfig(properties, identity("controller"));
        properties.put("gantry.controller.management-port", instance.controllerPort());
        properties.put(
                "gantry.controller.cluster-signing-key-file", instance.pki().resolve("ca.key"));
        properties.put(
                "gantry.controller.pod-cidrs",
                instance.podRanges().stream()
                        .map(AddressBlock::toString)
                        .collect(Collectors.joining(",")));
        properties.put("gantry.controller.load-balancer-ranges", instance.balancerRanges());
    }

    private void monitoring(ServiceProperties properties, Postgres postgres) throws IOException {
        database(properties, postgres, "gantry_monitoring");
        kubeconfig(properties, identity("monitoring"));
        properties.put("gantry.monitoring.management-port", instance.monitoringPort());
        if (instance.nodeCount() > 0) {
            properties.put("gantry.monitoring.metrics-address", instance.hostAddress());
        }
        if (Java.isTraining()) {
            // Cost: all that a cache holds is resident from the start, and the history's 6,000
            // classes are needed only where a node's health changes: 35 MB.
            properties.put("gantry.monitoring.health-history", "false");
        }
    }

    private void kubeconfig(ServiceProperties properties, String identity) {
        properties.put("gantry.api.kubeconfig", instance.kubeconfigOf(identity));
    }

    private static void database(ServiceProperties properties, Postgres postgres, String role)
            throws IOException {
        properties.put("spring.datasource.url", postgres.url());
        properties.put("spring.datasource.username", role);
        properties.put("spring.datasource.password", postgres.password(role));
    }

    private Path configuration(String service) {
        return instance.home().resolve("config").resolve(service + ".properties");
    }
}
