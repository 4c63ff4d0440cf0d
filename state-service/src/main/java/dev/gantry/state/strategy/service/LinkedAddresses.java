package dev.gantry.state.strategy.service;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Sameness;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps {@code clusterIP} and {@code clusterIPs} in step for clients that know only one of them.
 * Compat: {@code normalizeClusterIPs}.
 */
final class LinkedAddresses {
    private LinkedAddresses() {}

    static void forCreate(ObjectNode spec) {
        String one = Resource.text(spec, "clusterIP");
        if (!one.isEmpty() && spec.path("clusterIPs").isEmpty()) {
            spec.putArray("clusterIPs").add(one);
        }
    }

    static void forUpdate(ObjectNode spec, ObjectNode before) {
        String one = Resource.text(spec, "clusterIP");
        String old = Resource.text(before, "clusterIP");
        boolean isListCleared =
                !before.path("clusterIPs").isEmpty() && spec.path("clusterIPs").isEmpty();
        if (isListCleared && one.equals(old)) {
            Trees.keep(spec, before, "clusterIPs");
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
