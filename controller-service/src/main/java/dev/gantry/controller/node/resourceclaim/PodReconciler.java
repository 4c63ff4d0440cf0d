package dev.gantry.controller.node.resourceclaim;

import dev.gantry.controller.owner.Ownership;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes what is missing; what was made is found again by owner and annotation, and then named in
 * the pod's status. A pod that was bound without the scheduler gets its reservations here, too.
 */
final class PodReconciler implements Reconciler<PodView, Action> {
    @Override
    public Plan<Action> reconcile(PodView view, Instant now) {
        if (view.pod().isBeingDeleted() || PodLife.isFinished(view.pod())) {
            return Plan.settled();
        }
        List<Action> actions = new ArrayList<>();
        ArrayNode statuses = JsonNodeFactory.instance.arrayNode();
        for (JsonNode each : view.pod().status().path("resourceClaimStatuses")) {
            statuses.add(each.deepCopy());
        }
        ArrayNode before = statuses.deepCopy();
        for (JsonNode entry : view.pod().spec().path("resourceClaims")) {
            if (ResourceClaimNames.isFromTemplate(entry)) {
                make(view, entry, statuses).ifPresent(actions::add);
            }
        }
        if (!statuses.equals(before)) {
            actions.add(named(view.pod(), statuses));
        }
        actions.addAll(reservations(view));
        return Plan.of(actions);
    }

    private static Optional<Action> make(PodView view, JsonNode entry, ArrayNode statuses) {
        Resource pod = view.pod();
        String name = Resource.text(entry, "name");
        Optional<JsonNode> status = ResourceClaimNames.status(pod, name);
        String known = status.map(each -> Resource.text(each, "resourceClaimName")).orElse("");
        if (status.isPresent() && known.isEmpty()) {
            return Optional.empty();
        }
        Resource found = view.named().get(known);
        if (found != null) {
            return Ownership.isControlledBy(found, pod.uid())
                    ? Optional.empty()
                    : Optional.of(warn(pod, name, foreign(found, pod)));
        }
        Optional<Resource> made =
                view.owned().stream()
                        .filter(each -> !each.isBeingDeleted())
                        .filter(
                                each ->
                                        name.equals(
                                                each.annotations()
                                                        .get(ResourceClaimNames.ANNOTATION)))
                        .findFirst();
        if (made.isPresent()) {
            remember(statuses, name, made.get().name());
            return Optional.empty();
        }
        String template = Resource.text(entry, "resourceClaimTemplateName");
        Resource pattern = view.templates().get(template);
        if (pattern == null) {
            String missing =
                    "resource claim template \"%s\": resourceclaimtemplate.resource.k8s.io \"%s\""
                                    .formatted(template, template)
                            + " not found";
            return Optional.of(warn(pod, name, missing));
        }
        return Optional.of(
                new Action.Create(ResourceClaimController.CLAIMS, claim(pod, name, pattern)));
    }

    private static Resource claim(Resource pod, String entry, Resource template) {
        JsonNode pattern = template.spec();
        ObjectNode claim = JsonNodeFactory.instance.objectNode();
        claim.put("apiVersion", "resource.k8s.io/v1").put("kind", "ResourceClaim");
        ObjectNode metadata = claim.putObject("metadata");
        metadata.put("generateName", ResourceClaimNames.prefix(pod.name(), entry));
        metadata.put("namespace", pod.namespace());
        if (pattern.path("metadata").path("labels") instanceof ObjectNode labels) {
            metadata.set("labels", labels.deepCopy());
        }
        ObjectNode annotations =
                pattern.path("metadata").path("annotations") instanceof ObjectNode given
                        ? given.deepCopy()
                        : JsonNodeFactory.instance.objectNode();
        metadata.set("annotations", annotations.put(ResourceClaimNames.ANNOTATION, entry));
        Resource owner = pod.copy();
        owner.tree().put("apiVersion", "v1").put("kind", "Pod");
        metadata.putArray("ownerReferences").add(Ownership.reference(owner));
        claim.set("spec", pattern.path("spec").deepCopy());
        return new Resource(claim);
    }

    private static void remember(ArrayNode statuses, String entry, String claim) {
        for (JsonNode each : statuses) {
            if (each instanceof ObjectNode status && Resource.text(each, "name").equals(entry)) {
                status.put("resourceClaimName", claim);
                return;
            }
        }
        statuses.addObject().put("name", entry).put("resourceClaimName", claim);
    }

    private static Action named(Resource pod, ArrayNode statuses) {
        Resource next = pod.copy();
        Resource.child(next.tree(), "status").set("resourceClaimStatuses", statuses);
        return new Action.PutStatus(ResourceClaimController.PODS, next, pod.revision());
    }

    /**
     * Only for pods that somebody put on a node by hand: the scheduler reserves before it binds.
     */
    private static List<Action> reservations(PodView view) {
        List<Action> actions = new ArrayList<>();
        if (PodLife.node(view.pod()).isEmpty()) {
            return actions;
        }
        for (Resource claim : view.named().values()) {
            boolean isUsable =
                    claim.status().path("allocation").isObject() && !claim.isBeingDeleted();
            if (isUsable && Reservation.canTake(claim, view.pod())) {
                Resource next = Reservation.added(claim, view.pod());
                actions.add(
                        new Action.PutStatus(
                                ResourceClaimController.CLAIMS, next, claim.revision()));
            }
        }
        return actions;
    }

    private static String foreign(Resource claim, Resource pod) {
        return "ResourceClaim %s/%s was not created for pod %s/%s (pod is not owner)"
                .formatted(claim.namespace(), claim.name(), pod.namespace(), pod.name());
    }

    private static Action warn(Resource pod, String entry, String why) {
        String message = "PodResourceClaim %s: %s".formatted(entry, why);
        return new Action.RecordEvent(
                ResourceClaimController.PODS, pod, true, "FailedResourceClaimCreation", message);
    }
}
