package dev.gantry.agent.shell.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.container.ContainerEntry;
import dev.gantry.agent.runtime.container.ContainerState;
import dev.gantry.agent.runtime.sandbox.PodSandbox;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.stream.CadvisorMetrics;
import dev.gantry.agent.stream.RequestHead;
import dev.gantry.agent.stream.ResourceMetrics;
import dev.gantry.client.metrics.MetricText;
import dev.gantry.client.shell.metrics.MetricsPage;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The node's metrics: what the agent did ({@code /metrics}), what pods use ({@code
 * /metrics/resource}, {@code /metrics/cadvisor}) and what probes brought ({@code /metrics/probes}).
 *
 * <p>Compat: the kubelet's paths and names.
 */
final class MetricsRoute {
    private final String node;
    private final PodContainers containers;
    private final NodeRoute usage;
    private final NodeMetrics metrics;
    private final RequestCounts requests = new RequestCounts();
    private final MetricsPage page;

    MetricsRoute(String node, PodContainers containers, NodeRoute usage, NodeMetrics metrics) {
        this.node = node;
        this.containers = containers;
        this.usage = usage;
        this.metrics = metrics;
        List<Consumer<StringBuilder>> parts = new ArrayList<>(metrics.parts());
        parts.add(this::appendNode);
        parts.add(requests::append);
        this.page = new MetricsPage(parts);
    }

    RequestCounts requests() {
        return requests;
    }

    void serve(Exchange exchange, RequestHead request) throws IOException, Refused {
        String text =
                switch (String.join("/", request.path())) {
                    case "metrics" -> page.text();
                    case "metrics/resource" -> ResourceMetrics.of(usage.measured());
                    case "metrics/cadvisor" -> cadvisor();
                    case "metrics/probes" -> probes();
                    default -> throw new Refused(404, "404 page not found");
                };
        exchange.reply(200, MetricText.CONTENT_TYPE, text.getBytes(UTF_8));
    }

    private String probes() {
        var text = new StringBuilder();
        metrics.probes().accept(text);
        return text.toString();
    }

    private String cadvisor() throws IOException {
        Map<String, String> cgroups = new HashMap<>();
        for (Resource each : containers.pods()) {
            var pod = new PodSpec(each);
            cgroups.put(pod.uid().value(), pod.cgroup(metrics.cgroupRoot()));
        }
        return CadvisorMetrics.of(
                new CadvisorMetrics.Seen(
                        usage.measured(), containers.images(), cgroups, metrics.machine()));
    }

    private void appendNode(StringBuilder text) {
        MetricText.head(text, "kubelet_node_name", "gauge", "The node's name.");
        MetricText.sample(text, "kubelet_node_name", MetricText.label("node", node), 1);
        ContainerRuntime runtime = containers.runtime();
        long pods =
                runtime.sandboxes().stream()
                        .filter(PodSandbox::isReady)
                        .map(PodSandbox::podUid)
                        .distinct()
                        .count();
        MetricText.head(text, "kubelet_running_pods", "gauge", "Pods with a sandbox that runs.");
        MetricText.sample(text, "kubelet_running_pods", "", pods);
        Map<ContainerState, Long> states = new EnumMap<>(ContainerState.class);
        for (ContainerEntry each : runtime.containers()) {
            states.merge(each.state(), 1L, Long::sum);
        }
        String name = "kubelet_running_containers";
        MetricText.head(text, name, "gauge", "Containers by their state.");
        states.forEach(
                (state, count) -> {
                    String value = state.name().toLowerCase(Locale.ROOT);
                    MetricText.sample(
                            text, name, MetricText.label("container_state", value), count);
                });
    }
}
