package dev.gantry.state.kind.core.service;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.validation.Sameness;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps {@code clusterIP} and {@code clusterIPs} in step for clients that know only one of them.
 * Compat: {@code normalizeClusterIPs}.
 */
public final class LinkedAddresses {
    private LinkedAddresses() {}

    /** Before anything is allocated, too. */
    public static void forCreate(ObjectNode spec) {
        String one = Resource.text(spec, "clusterIP");
        if (!one.isEmpty() && spec.path("clusterIPs").isEmpty()) {
            spec.putArray("clusterIPs").add(one);
        }
    }

    /** Before anything is allocated, since that fills in what is absent. */
    public static void forUpdate(ObjectNode spec, JsonNode before) {
        String one = Resource.text(spec, "clusterIP");
        String old = Resource.text(before, "clusterIP");
        boolean isListCleared =
                !before.path("clusterIPs").isEmpty() && spec.path("clusterIPs").isEmpty();
        if (isListCleared && one.equals(old)) {
            spec.set("clusterIPs", before.path("clusterIPs").deepCopy());
        }
        if (one.equals(old) || !Sameness.same(spec.path("clusterIPs"), before.path("clusterIPs"))) {
            return;
        }
        spec.remove("clusterIPs");
        if (!one.isEmpty()) {
            spec.putArray("clusterIPs").add(one);
        }
    }
}
