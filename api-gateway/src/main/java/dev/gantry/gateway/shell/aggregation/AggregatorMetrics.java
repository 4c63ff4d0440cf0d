package dev.gantry.gateway.shell.aggregation;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What {@code /metrics} says of APIServices: which cannot be reached, and how often one became so.
 *
 * <p>Compat: the names of {@code kube-aggregator/pkg/controllers/status/metrics}.
 */
public final class AggregatorMetrics {
    private static final String GAUGE = "aggregator_unavailable_apiservice";
    private static final String TOTAL = "aggregator_unavailable_apiservice_total";
    private static final String CONDITION = "Available";

    private final Map<String, LongAdder> losses = new ConcurrentHashMap<>();
    private final Map<String, Boolean> unavailable = new ConcurrentHashMap<>();

    void put(Resource service) {
        boolean isLost = isUnavailable(service);
        boolean wasLost = Boolean.TRUE.equals(unavailable.put(service.name(), isLost));
        if (isLost && !wasLost) {
            String labels =
                    "name=\"%s\",reason=\"%s\"".formatted(service.name(), reasonOf(service));
            losses.computeIfAbsent(labels, _ -> new LongAdder()).increment();
        }
    }

    void remove(String name) {
        unavailable.remove(name);
    }

    public void append(StringBuilder text) {
        text.append("# TYPE ").append(GAUGE).append(" gauge\n");
        new TreeMap<>(unavailable)
                .forEach(
                        (name, isLost) ->
                                text.append(GAUGE)
                                        .append("{name=\"")
                                        .append(name)
                                        .append("\"} ")
                                        .append(isLost ? 1 : 0)
                                        .append('\n'));
        text.append("# TYPE ").append(TOTAL).append(" counter\n");
        new TreeMap<>(losses)
                .forEach(
                        (labels, count) ->
                                text.append(TOTAL)
                                        .append('{')
                                        .append(labels)
                                        .append("} ")
                                        .append(count.sum())
                                        .append('\n'));
    }

    /** One that nobody has looked at yet is not told of as lost. */
    private static boolean isUnavailable(Resource service) {
        return Resource.text(condition(service), "status").equals("False");
    }

    private static String reasonOf(Resource service) {
        return Resource.text(condition(service), "reason");
    }

    private static JsonNode condition(Resource service) {
        return Conditions.find(service.status().path("conditions"), CONDITION)
                .orElse(MissingNode.getInstance());
    }
}
