package dev.gantry.state.subresource;

import dev.gantry.model.request.Query;
import dev.gantry.state.schema.GroupVersionKind;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the query of a connection asks for, as an object such as PodExecOptions. Compat: those of
 * {@code k8s.io/api/core/v1}; {@code kubectl} sends them as a query only.
 */
public final class ConnectOptions {
    private ConnectOptions() {}

    /** Whether there are any: reading a log is no connection. */
    public static boolean isKind(GroupVersionKind kind) {
        return kind.kind().endsWith("Options");
    }

    /**
     * @param path behind {@code proxy/}, without a slash in front
     */
    public static ObjectNode of(GroupVersionKind kind, Query query, String path) {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
        switch (kind.kind()) {
            case "PodExecOptions" -> {
                streams(options, query);
                ArrayNode command = options.putArray("command");
                query.all("command").forEach(command::add);
            }
            case "PodAttachOptions" -> streams(options, query);
            case "PodPortForwardOptions" -> ports(options, query);
            default -> {
                if (!path.isEmpty()) {
                    options.put("path", "/" + path);
                }
            }
        }
        return options;
    }

    private static void streams(ObjectNode options, Query query) {
        for (String each : List.of("stdin", "stdout", "stderr", "tty")) {
            if (query.isSet(each)) {
                options.put(each, true);
            }
        }
        String container = query.first("container");
        if (!container.isEmpty()) {
            options.put("container", container);
        }
    }

    /** What is no number is left for the node to refuse. */
    private static void ports(ObjectNode options, Query query) {
        ArrayNode ports = JsonNodeFactory.instance.arrayNode();
        for (String each : query.all("ports")) {
            if (!each.isEmpty()
                    && each.length() <= 5
                    && each.chars().allMatch(Character::isDigit)) {
                ports.add(Integer.parseInt(each));
            }
        }
        if (!ports.isEmpty()) {
            options.set("ports", ports);
        }
    }
}
