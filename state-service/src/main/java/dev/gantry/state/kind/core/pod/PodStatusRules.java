package dev.gantry.state.kind.core.pod;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.kind.core.pod.spec.PodAnnotationRules;
import dev.gantry.state.validation.AddressRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a reported status may not say. Compat: {@code ValidatePodStatusUpdate}. */
final class PodStatusRules {
    private static final Set<String> OWN_CONDITIONS =
            Set.of("PodScheduled", "Ready", "Initialized");

    private PodStatusRules() {}

    static void check(Field pod, ObjectNode stored) {
        PodAnnotationRules.checkUpdate(
                pod.child("metadata", "annotations"), stored.path("metadata").path("annotations"));
        Field status = pod.child("status");
        conditions(status.child("conditions"));
        Field nominated = status.child("nominatedNodeName");
        String before = Resource.text(stored.path("status"), "nominatedNodeName");
        if (!nominated.isEmpty() && !nominated.text().equals(before)) {
            nominated.invalidFor(Names.dnsSubdomain(nominated.text()));
        }
        generation(status.child("observedGeneration"));
        String qos = Resource.text(stored.path("status"), "qosClass");
        if (!qos.isEmpty()) {
            status.child("qosClass").immutable(stored.path("status").path("qosClass"));
        }
        transitions(status, stored);
        GivenClaimRules.check(status, stored.path("spec"));
        addresses(status.child("podIPs"), "");
        addresses(status.child("hostIPs"), status.text("hostIP"));
        ContainerStatusRules.check(status, stored.path("spec"));
    }

    private static void generation(Field observed) {
        if (observed.number() < 0) {
            observed.invalid("must be a non-negative integer");
        }
    }

    private static void conditions(Field conditions) {
        for (Field condition : conditions.items()) {
            generation(condition.child("observedGeneration"));
            String type = condition.text("type");
            if (!OWN_CONDITIONS.contains(type)) {
                Names.qualified(type)
                        .forEach(each -> condition.child("Type").invalidText(type, each));
            }
        }
    }

    private static void transitions(Field status, ObjectNode stored) {
        JsonNode spec = stored.path("spec");
        JsonNode before = stored.path("status");
        String policy = Resource.text(spec, "restartPolicy");
        Set<String> sidecars = new TreeSet<>();
        for (JsonNode container : spec.path("initContainers")) {
            if (Resource.text(container, "restartPolicy").equals("Always")) {
                sidecars.add(Resource.text(container, "name"));
            }
        }
        Set<String> own = containersWithOwnPolicy(spec);
        noResurrection(
                status.child("containerStatuses"), before.path("containerStatuses"), policy, own);
        noResurrection(
                status.child("initContainerStatuses"),
                before.path("initContainerStatuses"),
                policy,
                sidecars);
        noResurrection(
                status.child("ephemeralContainerStatuses"),
                before.path("ephemeralContainerStatuses"),
                "Never",
                Set.of());
    }

    private static Set<String> containersWithOwnPolicy(JsonNode spec) {
        Set<String> names = new TreeSet<>();
        for (JsonNode container : spec.path("containers")) {
            if (container.hasNonNull("restartPolicy")) {
                names.add(Resource.text(container, "name"));
            }
        }
        return names;
    }

    /** What has ended for good does not run again. */
    private static void noResurrection(
            Field statuses, JsonNode before, String policy, Set<String> free) {
        if (policy.equals("Always")) {
            return;
        }
        for (int i = 0; i < before.size(); i++) {
            JsonNode old = before.path(i);
            JsonNode ended = old.path("state").path("terminated");
            String name = Resource.text(old, "name");
            boolean mayRestart = policy.equals("OnFailure") && ended.path("exitCode").asInt(0) != 0;
            if (!ended.isObject() || mayRestart || free.contains(name)) {
                continue;
            }
            for (Field status : statuses.items()) {
                if (status.text("name").equals(name) && !status.child("state").has("terminated")) {
                    statuses.index(i)
                            .child("state")
                            .forbidden("may not be transitioned to non-terminated state");
                }
            }
        }
    }

    /**
     * @param first what the first must be equal to; empty for anything
     */
    private static void addresses(Field addresses, String first) {
        List<Field> all = addresses.items();
        if (!all.isEmpty() && !first.isEmpty() && !all.getFirst().text("ip").equals(first)) {
            all.getFirst().child("ip").invalid("must be equal to `hostIP`");
        }
        Set<String> seen = new TreeSet<>();
        for (Field address : all) {
            AddressRules.ip(address.child("ip").at(address.path()));
        }
        List<String> texts = all.stream().map(each -> each.text("ip")).toList();
        if (all.size() > 1 && (!AddressRules.isDualStack(texts) || all.size() > 2)) {
            addresses.invalid("may specify no more than one IP for each IP family");
        }
        for (Field address : all) {
            if (!seen.add(address.text("ip"))) {
                address.duplicate();
            }
        }
    }
}
