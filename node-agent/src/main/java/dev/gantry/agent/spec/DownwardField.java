package dev.gantry.agent.spec;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What a container asks about its own pod: {@code fieldRef} and {@code resourceFieldRef}.
 *
 * <p>Compat: the fields and their forms are those of {@code pkg/fieldpath}.
 */
public final class DownwardField {
    private static final Pattern KEYED =
            Pattern.compile("metadata\\.(labels|annotations)\\['(.*)'\\]");

    private DownwardField() {}

    /** Empty where there is no such field. */
    public static Optional<String> field(
            String path, PodSpec pod, NodeFacts node, List<String> podIps) {
        Matcher keyed = KEYED.matcher(path);
        if (keyed.matches()) {
            SortedMap<String, String> map =
                    keyed.group(1).equals("labels") ? pod.pod().labels() : pod.pod().annotations();
            return Optional.of(map.getOrDefault(keyed.group(2), ""));
        }
        return switch (path) {
            case "metadata.name" -> Optional.of(pod.name());
            case "metadata.namespace" -> Optional.of(pod.namespace());
            case "metadata.uid" -> Optional.of(pod.uid().value());
            case "metadata.labels" -> Optional.of(lines(pod.pod().labels()));
            case "metadata.annotations" -> Optional.of(lines(pod.pod().annotations()));
            case "spec.nodeName" -> Optional.of(node.name());
            case "spec.serviceAccountName" -> Optional.of(pod.serviceAccount());
            case "status.hostIP" -> Optional.of(first(node.ips()));
            case "status.hostIPs" -> Optional.of(String.join(",", node.ips()));
            case "status.podIP" -> Optional.of(first(podIps));
            case "status.podIPs" -> Optional.of(String.join(",", podIps));
            default -> Optional.empty();
        };
    }

    /**
     * @param reference with {@code resource} and perhaps {@code divisor}; its container is {@code
     *     container}
     */
    public static Optional<String> resource(
            JsonNode reference, ContainerSpec container, NodeFacts node) {
        String asked = Resource.text(reference, "resource");
        int dot = asked.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String side = asked.substring(0, dot);
        String name = asked.substring(dot + 1);
        Quantity amount =
                PodResources.amounts(container.tree().path("resources").path(side)).get(name);
        if (amount == null) {
            boolean hasDefault = side.equals("limits");
            amount =
                    hasDefault
                            ? node.allocatable().getOrDefault(name, Quantity.ZERO)
                            : Quantity.ZERO;
        }
        return Optional.of(divided(amount, Resource.text(reference, "divisor")));
    }

    /** Compat: rounded up to a whole number of divisors. */
    private static String divided(Quantity amount, String divisor) {
        Quantity by =
                Quantity.parse(divisor)
                        .filter(found -> found.signum() > 0)
                        .orElse(Quantity.ofMilli(1000));
        return amount.value().divide(by.value(), 0, RoundingMode.UP).toBigInteger().toString();
    }

    /** {@code key="value"} by key, with Go's escapes for what a line cannot hold. */
    private static String lines(SortedMap<String, String> map) {
        return map.entrySet().stream()
                .map(each -> each.getKey() + "=\"" + escaped(each.getValue()) + "\"")
                .collect(Collectors.joining("\n"));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
                .replace("\r", "\\r");
    }

    private static String first(List<String> ips) {
        return ips.isEmpty() ? "" : ips.getFirst();
    }
}
