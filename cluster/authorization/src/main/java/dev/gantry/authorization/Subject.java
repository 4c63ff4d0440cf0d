package dev.gantry.authorization;

import dev.gantry.model.meta.Resource;
import tools.jackson.databind.JsonNode;

/** A user or group that a binding names. Service accounts are users with a long name. */
record Subject(boolean isGroup, String name, String written) {
    static Subject of(JsonNode subject, String bindingNamespace) {
        String name = Resource.text(subject, "name");
        return switch (Resource.text(subject, "kind")) {
            case "Group" -> new Subject(true, name, "Group \"%s\"".formatted(name));
            case "ServiceAccount" -> {
                String own = Resource.text(subject, "namespace");
                String namespace = own.isEmpty() ? bindingNamespace : own;
                yield new Subject(
                        false,
                        "system:serviceaccount:" + namespace + ":" + name,
                        "ServiceAccount \"%s/%s\"".formatted(name, namespace));
            }
            default -> new Subject(false, name, "User \"%s\"".formatted(name));
        };
    }
}
