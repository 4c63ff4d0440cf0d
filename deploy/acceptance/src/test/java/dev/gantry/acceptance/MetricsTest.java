package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.local.instance.Instance;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a Prometheus with the usual rules and dashboards of Kubernetes asks of a cluster. */
@ExtendWith(Cluster.Shared.class)
final class MetricsTest {
    private static final Pattern TYPE =
            Pattern.compile("# TYPE ([a-z_]+) (?:counter|gauge|histogram)");
    private static final Pattern SAMPLE =
            Pattern.compile(
                    "(?<series>(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{.*})?) [-+0-9.eInfNa]+(?: [0-9]+)?");

    private final Cluster cluster;
    @AutoClose private final TestNamespace ns;

    MetricsTest(Cluster cluster) {
        this.cluster = cluster;
        this.ns = new TestNamespace(cluster);
    }

    @Test
    void controllersSchedulerAndMonitoringTellOfThemselves() {
        ns.web("web", 1);
        ns.rolledOut("web");
        Instance instance = cluster.instance(0);

        tells(
                () -> page(instance.controllerPort()),
                "workqueue_adds_total{name=\"deployment\"}",
                "workqueue_depth{name=\"replicaset\"}",
                "workqueue_queue_duration_seconds_bucket{name=\"deployment\"",
                "workqueue_work_duration_seconds_count{name=\"deployment\"}",
                "workqueue_unfinished_work_seconds{name=\"deployment\"}",
                "workqueue_longest_running_processor_seconds{name=\"deployment\"}",
                "workqueue_retries_total{name=\"deployment\"}",
                "rest_client_requests_total{code=\"201\",host=\"",
                "rest_client_request_duration_seconds_bucket{host=\"",
                "leader_election_master_status{name=\"kube-controller-manager\"} 1",
                "process_resident_memory_bytes ",
                "kubernetes_build_info{");
        tells(
                () -> page(instance.schedulerPort()),
                "scheduler_schedule_attempts_total{profile=\"packing\",result=\"scheduled\"}",
                "scheduler_scheduling_attempt_duration_seconds_bucket{profile=\"packing\"",
                "scheduler_pod_scheduling_sli_duration_seconds_count{attempts=\"1\"}",
                "scheduler_pending_pods{queue=\"active\"}",
                "leader_election_master_status{name=\"kube-scheduler\"} 1");
        tells(
                () -> page(instance.monitoringPort()),
                "workqueue_adds_total{name=\"node\"}",
                "leader_election_master_status{name=\"gantry-monitoring\"} 1");
    }

    @Test
    void nodesTellWhatTheyDoAndWhatTheirPodsUse() {
        runProbed();
        String node = ns.at("/spec/nodeName", "get", "pod", "probed");
        String path = "/api/v1/nodes/" + node + "/proxy/metrics";
        String of = "namespace=\"" + ns.name() + "\"";

        tells(
                () -> cluster.kubectl("get", "--raw", path),
                "kubelet_node_name{node=\"" + node + "\"} 1",
                "kubelet_running_pods ",
                "kubelet_running_containers{container_state=\"running\"}",
                "kubelet_pod_start_duration_seconds_bucket{le=\"",
                "kubelet_pod_worker_duration_seconds_bucket{operation_type=\"sync\"",
                "kubelet_runtime_operations_total{operation_type=\"run_podsandbox\"}",
                "kubelet_runtime_operations_duration_seconds_bucket{operation_type=\"start_container\"",
                "kubelet_volume_stats_capacity_bytes{" + of + ",persistentvolumeclaim=\"data\"}",
                "kubelet_http_requests_total{",
                "rest_client_requests_total{code=\"200\"",
                "process_resident_memory_bytes ");
        String container = "container=\"probed\",id=\"/";
        tells(
                () -> cluster.kubectl("get", "--raw", path + "/cadvisor"),
                "container_cpu_usage_seconds_total{" + container,
                "container_memory_working_set_bytes{" + container,
                "container_network_receive_bytes_total{container=\"\"",
                "machine_cpu_cores{");
        tells(
                () -> cluster.kubectl("get", "--raw", path + "/probes"),
                "prober_probe_total{container=\"probed\"," + of + ",pod=\"probed\"");
        tells(
                () -> cluster.kubectl("get", "--raw", path + "/resource"),
                "container_memory_working_set_bytes{container=\"probed\"," + of);
    }

    /** A pod with a claim and a probe. */
    private void runProbed() {
        ns.apply(
                """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: data}
                spec:
                  accessModes: [ReadWriteOnce]
                  resources: {requests: {storage: 1Mi}}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: probed}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                  - name: probed
                    image: "${image}"
                    command: [sleep, "100000"]
                    readinessProbe: {exec: {command: ["true"]}, periodSeconds: 1}
                    volumeMounts: [{name: data, mountPath: /data}]
                  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
                """);
        ns.ready("probed");
    }

    @Test
    void theApiServerTellsOfItself() {
        tells(
                () -> cluster.kubectl("get", "--raw", "/metrics"),
                "apiserver_request_total{component=\"apiserver\"",
                "process_cpu_seconds_total ",
                "kubernetes_build_info{");
    }

    /** Some are known only after something has been measured. */
    private static void tells(Callable<String> source, String... beginnings) {
        var missing = new TreeSet<>(Set.of(beginnings));
        eventually(
                () -> {
                    String text = source.call();
                    isWellFormed(text);
                    missing.removeIf(each -> text.contains("\n" + each));
                    return missing.isEmpty();
                });
    }

    /** Compat: what Prometheus refuses, or takes for something else. */
    private static void isWellFormed(String text) {
        Set<String> families = new HashSet<>();
        Set<String> series = new HashSet<>();
        String family = "";
        for (String line : text.lines().filter(each -> !each.startsWith("# HELP")).toList()) {
            Matcher type = TYPE.matcher(line);
            if (type.matches()) {
                family = type.group(1);
                assertThat(families.add(family)).as("%s comes twice", family).isTrue();
                continue;
            }
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as("a sample: %s", line).isTrue();
            assertThat(sample.group("name").replaceAll("_(bucket|sum|count)$", ""))
                    .as("the family of %s", line)
                    .isIn(family, family.replaceAll("_(bucket|sum|count)$", ""));
            assertThat(series.add(sample.group("series"))).as("%s comes twice", line).isTrue();
        }
    }

    private static String page(int port) throws IOException {
        var url = URI.create("http://127.0.0.1:" + port + "/metrics").toURL();
        try (var in = url.openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
