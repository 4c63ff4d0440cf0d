package dev.gantry.authorization;

import dev.gantry.model.meta.Resource;
import tools.jackson.databind.JsonNode;

/** The role a binding grants; {@code namespace} is empty for a ClusterRole. */
public record RoleRef(String kind, String namespace, String name) {
    public static final String GROUP = "rbac.authorization.k8s.io";

    /** {@code namespace} is that of the binding. */
    public static RoleRef of(JsonNode binding, String namespace) {
        JsonNode ref = binding.path("roleRef");
        String kind = Resource.text(ref, "kind");
        return new RoleRef(kind, kind.equals("Role") ? namespace : "", Resource.text(ref, "name"));
    }

    public boolean isCluster() {
        return !kind.equals("Role");
    }

    /** As upstream says that it is missing. */
    String missing() {
        return "%s.%s \"%s\" not found"
                .formatted(isCluster() ? "clusterrole" : "role", GROUP, name);
    }
}
