package dev.gantry.state.kind.apps.statefulset;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.kind.apps.workload.TemplateOwnerRules;
import dev.gantry.state.kind.core.claim.ClaimSpecRules;
import dev.gantry.state.kind.core.pod.spec.PodTemplateRules;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoStruct;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Names;
import dev.gantry.state.validation.Sameness;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code ValidateStatefulSetSpec} and its relatives. */
final class StatefulSetRules {
    private static final List<String> RETENTION = List.of("Retain", "Delete");
    private static final Set<String> MUTABLE =
            Set.of(
                    "replicas",
                    "ordinals",
                    "template",
                    "updateStrategy",
                    "revisionHistoryLimit",
                    "persistentVolumeClaimRetentionPolicy",
                    "minReadySeconds");

    private StatefulSetRules() {}

    /**
     * Compat: the name of its service and the templates of claims are judged when it is made only;
     * they stay as they are.
     */
    static void newSpec(Field spec) {
        counts(spec);
        Field service = spec.child("serviceName");
        if (!service.isEmpty()) {
            service.invalidFor(Names.dnsLabel(service.text()));
        }
        for (Field claim : spec.child("volumeClaimTemplates").items()) {
            ClaimSpecRules.check(claim.child("spec"));
        }
        pods(spec);
    }

    static void spec(Field spec) {
        counts(spec);
        pods(spec);
    }

    private static void counts(Field spec) {
        Field policy = spec.child("podManagementPolicy");
        if (policy.isEmpty()) {
            policy.required("");
        } else if (!List.of("OrderedReady", "Parallel").contains(policy.text())) {
            policy.invalid("must be 'OrderedReady' or 'Parallel'");
        }
        updateStrategy(spec.child("updateStrategy"));
        Field retention = spec.child("persistentVolumeClaimRetentionPolicy");
        if (retention.isSet()) {
            retention(retention.child("whenDeleted"));
            retention(retention.child("whenScaled"));
        }
        spec.child("replicas").nonNegative();
        spec.child("minReadySeconds").nonNegative();
        Field ordinals = spec.child("ordinals");
        if (ordinals.isSet()) {
            ordinals.child("start").nonNegative();
        }
    }

    private static void pods(Field spec) {
        selector(spec);
        Field pod = spec.child("template", "spec");
        if (!pod.text("restartPolicy").equals("Always")) {
            pod.child("restartPolicy")
                    .notSupportedText(pod.text("restartPolicy"), List.of("Always"));
        }
        if (pod.has("activeDeadlineSeconds")) {
            pod.child("activeDeadlineSeconds")
                    .forbidden("activeDeadlineSeconds in StatefulSet is not Supported");
        }
    }

    private static void updateStrategy(Field strategy) {
        Field rolling = strategy.child("rollingUpdate");
        switch (strategy.text("type")) {
            case "" -> strategy.required("");
            case "OnDelete" -> {
                if (rolling.isSet()) {
                    rolling.invalidAs(
                            shown(rolling), "only allowed for updateStrategy 'RollingUpdate'");
                }
            }
            case "RollingUpdate" -> rolling.child("partition").nonNegative();
            default ->
                    strategy.invalidAs(
                            new GoStruct(strategy.value())
                                    .text("Type", "type")
                                    .put("RollingUpdate", shown(rolling))
                                    .toString(),
                            "must be 'RollingUpdate' or 'OnDelete'");
        }
    }

    private static String shown(Field rolling) {
        return rolling.isSet()
                ? new GoStruct(rolling.value())
                        .value("Partition", "partition")
                        .value("MaxUnavailable", "maxUnavailable")
                        .toString()
                : "null";
    }

    private static void retention(Field policy) {
        if (!RETENTION.contains(policy.text())) {
            policy.notSupportedText(policy.text(), RETENTION);
        }
    }

    private static void selector(Field spec) {
        Field selector = TemplateOwnerRules.selector(spec, "statefulset");
        if (!LabelRules.isUsable(selector)) {
            selector.invalidWithoutValue(LabelRules.shown(selector));
            return;
        }
        Field template = spec.child("template");
        TemplateOwnerRules.selected(template, selector);
        PodTemplateRules.check(asInPods(template, spec));
        PodTemplateRules.checkMetadata(template);
    }

    /**
     * The template as pods will have it. Compat: each claim is a volume of its name, before those
     * that the template has itself, and their names in the network are not the template's.
     */
    private static Field asInPods(Field template, Field spec) {
        if (!(template.value() instanceof ObjectNode object)) {
            return template;
        }
        ObjectNode copy = object.deepCopy();
        ObjectNode pod = Resource.child(copy, "spec");
        pod.remove(List.of("hostname", "subdomain"));
        List<Field> claims = spec.child("volumeClaimTemplates").items();
        if (!claims.isEmpty()) {
            pod.set("volumes", withClaims(claims, object));
        }
        return template.with(copy);
    }

    private static ArrayNode withClaims(List<Field> claims, ObjectNode template) {
        Map<String, ObjectNode> named = new LinkedHashMap<>();
        for (Field claim : claims) {
            String name = claim.child("metadata").text("name");
            ObjectNode volume = template.objectNode().put("name", name);
            volume.putObject("persistentVolumeClaim").put("claimName", name);
            named.put(name, volume);
        }
        ArrayNode volumes = template.arrayNode().addAll(named.values());
        for (JsonNode volume : template.path("spec").path("volumes")) {
            if (!named.containsKey(Resource.text(volume, "name"))) {
                volumes.add(volume);
            }
        }
        return volumes;
    }

    static void update(Field spec, JsonNode stored) {
        if (!Sameness.same(fixed(spec.value()), fixed(stored))) {
            spec.forbidden(
                    "updates to statefulset spec for fields other than 'replicas', 'ordinals',"
                            + " 'template', 'updateStrategy', 'revisionHistoryLimit',"
                            + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are"
                            + " forbidden");
        }
    }

    private static JsonNode fixed(JsonNode spec) {
        return spec instanceof ObjectNode object ? Trees.without(object, MUTABLE) : spec;
    }

    static void status(Field status, JsonNode before) {
        TemplateOwnerRules.counts(
                status,
                List.of(
                        "replicas",
                        "readyReplicas",
                        "currentReplicas",
                        "updatedReplicas",
                        "availableReplicas",
                        "observedGeneration",
                        "collisionCount"),
                List.of("readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas"),
                "cannot be greater than status.readyReplicas");
        TemplateOwnerRules.neverDecremented(status.child("collisionCount"), before);
    }
}
