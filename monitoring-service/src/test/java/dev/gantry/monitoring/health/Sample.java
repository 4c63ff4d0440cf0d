package dev.gantry.monitoring.health;

import dev.gantry.model.message.Heartbeat;
import dev.gantry.model.meta.Resource;
import dev.gantry.monitoring.heartbeat.LastHeartbeat;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Objects for tests, written as in a manifest. */
public final class Sample {
    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final JsonMapper JSON = JsonMapper.shared();

    private Sample() {}

    public static Resource object(String json) {
        return new Resource((ObjectNode) JSON.readTree(json.replace('\'', '"')));
    }

    public static Resource node(String ready, String spec) {
        String conditions =
                ready.isEmpty() ? "" : "'conditions':[{'type':'Ready','status':'" + ready + "'}]";
        return object(
                """
                {'apiVersion':'v1','kind':'Node',
                 'metadata':{'name':'n','uid':'u','resourceVersion':'5'},
                 'spec':{%s},'status':{%s}}
                """
                        .formatted(spec, conditions));
    }

    static LastHeartbeat last(String ready) {
        ArrayNode conditions = JsonNodeFactory.instance.arrayNode();
        conditions
                .addObject()
                .put("type", "Ready")
                .put("status", ready)
                .put("reason", "KubeletReady")
                .put("message", "kubelet is posting ready status");
        ObjectNode none = JsonNodeFactory.instance.objectNode();
        return new LastHeartbeat(new Heartbeat("n", 1, NOW, conditions, none, none), NOW);
    }
}
