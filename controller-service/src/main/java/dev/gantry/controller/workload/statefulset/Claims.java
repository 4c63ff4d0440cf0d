package dev.gantry.controller.workload.statefulset;

import dev.gantry.controller.owner.Ownership;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.plan.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The claims of the pods of a set, and how long they stay.
 *
 * <p>A claim that goes with the set has the set for an owner; one that goes with its pod has the
 * pod for one, from when the pod is about to go. The garbage collector does the rest.
 */
final class Claims {
    private Claims() {}

    static List<String> names(SetSpec spec, int ordinal) {
        List<String> names = new ArrayList<>();
        for (JsonNode template : spec.claimTemplates()) {
            names.add(Identity.claim(spec.set(), templateName(template), ordinal));
        }
        return names;
    }

    static String templateName(JsonNode template) {
        return Resource.text(template.path("metadata"), "name");
    }

    /** Those that the pod of this number needs and that are not there. */
    static List<Action> missing(SetSpec spec, int ordinal, Map<String, Resource> claims) {
        List<Action> actions = new ArrayList<>();
        for (JsonNode template : spec.claimTemplates()) {
            String name = Identity.claim(spec.set(), templateName(template), ordinal);
            if (!claims.containsKey(name)) {
                actions.add(
                        new Action.Create(
                                Resources.PERSISTENT_VOLUME_CLAIMS, claim(spec, name, template)));
            }
        }
        return actions;
    }

    /** Whether one of them is about to go: a pod must not start with it. */
    static boolean isAnyGoing(SetSpec spec, int ordinal, Map<String, Resource> claims) {
        return names(spec, ordinal).stream()
                .map(claims::get)
                .anyMatch(claim -> claim != null && claim.isBeingDeleted());
    }

    private static Resource claim(SetSpec spec, String name, JsonNode template) {
        Resource set = spec.set();
        ObjectNode claim = JsonNodeFactory.instance.objectNode();
        claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
        ObjectNode metadata =
                template.path("metadata") instanceof ObjectNode given
                        ? given.deepCopy()
                        : claim.objectNode();
        claim.set("metadata", metadata);
        metadata.put("name", name).put("namespace", set.namespace());
        ObjectNode labels = Resource.child(metadata, "labels");
        set.spec()
                .path("selector")
                .path("matchLabels")
                .properties()
                .forEach(each -> labels.set(each.getKey(), each.getValue()));
        if (labels.isEmpty()) {
            metadata.remove("labels");
        }
        if (spec.deletesClaimsWithSet()) {
            metadata.putArray("ownerReferences").add(Ownership.reference(set));
        }
        claim.set("spec", template.path("spec").deepCopy());
        return new Resource(claim);
    }

    /**
     * Makes the owners of a claim those that the policy wants.
     *
     * @param isScaledDown whether the pod is one too many
     */
    static List<Action> ownership(
            SetSpec spec, Resource pod, boolean isScaledDown, Map<String, Resource> claims) {
        List<Action> actions = new ArrayList<>();
        int ordinal = Identity.ordinal(spec.set(), pod.name()).orElse(-1);
        boolean withPod = isScaledDown && spec.deletesClaimsWhenScaled();
        boolean withSet = spec.deletesClaimsWithSet() && !withPod;
        for (String name : names(spec, ordinal)) {
            Resource claim = claims.get(name);
            if (claim != null && !claim.isBeingDeleted()) {
                Resource next = owned(owned(claim, spec.set(), withSet), pod, withPod);
                if (!next.equals(claim)) {
                    actions.add(new Action.Update(Resources.PERSISTENT_VOLUME_CLAIMS, next));
                }
            }
        }
        return actions;
    }

    /** The claim itself where it is so already. */
    private static Resource owned(Resource claim, Resource owner, boolean isWanted) {
        Uid uid = owner.uid();
        boolean isOwned = claim.owners().stream().map(Owner::uid).anyMatch(uid::equals);
        if (isOwned == isWanted) {
            return claim;
        }
        Resource next = claim.copy();
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode each : claim.metadata().path("ownerReferences")) {
            if (!Resource.text(each, "uid").equals(uid.value())) {
                kept.add(each);
            }
        }
        if (isWanted) {
            kept.add(Ownership.reference(owner));
        }
        next.mutableMetadata().set("ownerReferences", kept);
        return next;
    }
}
