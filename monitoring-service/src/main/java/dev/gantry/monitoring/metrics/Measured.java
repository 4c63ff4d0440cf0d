package dev.gantry.monitoring.metrics;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import dev.gantry.monitoring.usage.ContainerRate;
import dev.gantry.monitoring.usage.NodeRates;
import dev.gantry.monitoring.usage.Rate;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node or a pod, with what it uses.
 *
 * @param containers of a pod; empty of a node
 */
record Measured(Resource object, NodeRates rates, Rate whole, List<ContainerRate> containers) {
    static final String API_VERSION = "metrics.k8s.io/v1beta1";

    private static final int NANO_DIGITS = 9;

    static Measured node(Resource node, NodeRates rates) {
        return new Measured(node, rates, rates.whole(), List.of());
    }

    /** Empty where the node's last sample was taken before the pod ran. */
    static Optional<Measured> pod(Resource pod, NodeRates rates) {
        return Optional.ofNullable(rates.pods().get(pod.uid().value()))
                .map(containers -> new Measured(pod, rates, sum(containers), containers));
    }

    private static Rate sum(List<ContainerRate> containers) {
        return containers.stream().map(ContainerRate::rate).reduce(new Rate(0, 0), Rate::plus);
    }

    /** Compat: metrics-server's objects are made when they are asked for. */
    ObjectNode tree(Instant now) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("kind", isPod() ? "PodMetrics" : "NodeMetrics").put("apiVersion", API_VERSION);
        tree.set("metadata", metadata(now));
        tree.put("timestamp", Conditions.timestamp(rates.at())).put("window", window());
        if (isPod()) {
            ArrayNode list = tree.putArray("containers");
            for (ContainerRate each : containers) {
                usage(list.addObject().put("name", each.container()), each.rate());
            }
        } else {
            usage(tree, whole);
        }
        return tree;
    }

    ObjectNode metadata(Instant now) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode().put("name", object.name());
        if (isPod()) {
            metadata.put("namespace", object.namespace());
        }
        metadata.put("creationTimestamp", Conditions.timestamp(now));
        if (!object.labels().isEmpty()) {
            ObjectNode labels = metadata.putObject("labels");
            object.labels().forEach(labels::put);
        }
        return metadata;
    }

    String cpu() {
        return cpu(whole);
    }

    String memory() {
        return memory(whole);
    }

    /** Compat: Go's text of a duration below a minute, which is what samples are apart. */
    String window() {
        Duration apart = rates.window();
        BigDecimal seconds =
                BigDecimal.valueOf(apart.toMillis(), 3).remainder(BigDecimal.valueOf(60));
        String rest = seconds.stripTrailingZeros().toPlainString() + "s";
        long minutes = apart.toMinutes();
        return minutes == 0
                ? rest
                : minutes < 60
                        ? minutes + "m" + rest
                        : minutes / 60 + "h" + minutes % 60 + "m" + rest;
    }

    private boolean isPod() {
        return !object.namespace().isEmpty();
    }

    private static void usage(ObjectNode entry, Rate rate) {
        entry.putObject("usage").put("cpu", cpu(rate)).put("memory", memory(rate));
    }

    private static String cpu(Rate rate) {
        return new Quantity(
                        BigDecimal.valueOf(rate.nanoCores(), NANO_DIGITS),
                        Quantity.Format.DECIMAL_SI)
                .toString();
    }

    private static String memory(Rate rate) {
        return Quantity.ofBytes(rate.memoryBytes()).toString();
    }
}
