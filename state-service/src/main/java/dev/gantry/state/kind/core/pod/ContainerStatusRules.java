package dev.gantry.state.kind.core.pod;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Rules;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Who a container runs as, and how the devices it was given are.
 *
 * <p>Compat: {@code validateContainerStatusUsers} and {@code
 * validateContainerStatusAllocatedResourcesStatus}.
 */
final class ContainerStatusRules {
    private static final List<String> HEALTH = List.of("Healthy", "Unhealthy", "Unknown");

    private ContainerStatusRules() {}

    static void check(Field status, JsonNode spec) {
        boolean isWindows = Resource.text(spec.path("os"), "name").equals("windows");
        List<Field> containers = status.child("containerStatuses").items();
        List<Field> init = status.child("initContainerStatuses").items();
        List<Field> ephemeral = status.child("ephemeralContainerStatuses").items();
        for (List<Field> list : List.of(containers, init, ephemeral)) {
            list.forEach(each -> user(each.child("user", "linux"), isWindows));
        }
        containers.forEach(each -> resources(each, spec.path("containers")));
        init.forEach(each -> resources(each, spec.path("initContainers")));
        for (Field each : ephemeral) {
            Field resources = each.child("allocatedResourcesStatus");
            if (!resources.isEmpty()) {
                resources.forbidden("must not be specified in container status");
            }
        }
    }

    private static void user(Field linux, boolean isWindows) {
        if (!linux.isSet()) {
            return;
        }
        if (isWindows) {
            linux.forbidden("cannot be set for a windows pod");
            return;
        }
        id(linux.child("uid"));
        id(linux.child("gid"));
        linux.child("supplementalGroups").items().forEach(ContainerStatusRules::id);
    }

    private static void id(Field id) {
        if (id.number() < 0 || id.number() > Integer.MAX_VALUE) {
            id.invalid(Rules.between(0, Integer.MAX_VALUE));
        }
    }

    private static void resources(Field status, JsonNode containers) {
        Optional<JsonNode> container = named(containers, status.text("name"));
        for (Field resource : status.child("allocatedResourcesStatus").items()) {
            container.ifPresent(each -> name(resource.child("name"), each.path("resources")));
            Set<String> seen = new TreeSet<>();
            for (Field device : resource.child("resources").items()) {
                if (!seen.add(device.text("resourceID"))) {
                    device.child("resourceID").duplicate();
                }
                Field health = device.child("health");
                if (!HEALTH.contains(health.text())) {
                    health.notSupportedText(health.text(), HEALTH);
                }
                Field message = device.child("message");
                if (message.isSet() && message.isEmpty()) {
                    message.required("must be non-empty if specified");
                }
            }
        }
    }

    /** The container of a spec that has the name. */
    static Optional<JsonNode> named(JsonNode containers, String name) {
        for (JsonNode each : containers) {
            if (Resource.text(each, "name").equals(name)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static void name(Field name, JsonNode resources) {
        if (!name.text().startsWith("claim:")) {
            if (!resources.path("requests").has(name.text())) {
                name.invalid("must match one of the container's resource requests");
            }
            return;
        }
        for (JsonNode claim : resources.path("claims")) {
            String request = Resource.text(claim, "request");
            String whole = "claim:" + Resource.text(claim, "name");
            if (name.text().equals(request.isEmpty() ? whole : whole + "/" + request)) {
                return;
            }
        }
        name.invalid(
                "must match one of the container's resource claims in a format"
                        + " 'claim:<claimName>/<request>' or 'claim:<claimName>' if request is"
                        + " empty");
    }
}
