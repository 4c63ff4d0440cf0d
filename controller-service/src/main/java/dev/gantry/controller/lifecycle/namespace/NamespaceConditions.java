package dev.gantry.controller.lifecycle.namespace;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.condition.Conditions.Wanted;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;

/**
 * What a namespace says about its own end.
 *
 * <p>Compat: types, reasons and messages of {@code status_condition_utils.go}. Only what an
 * extension server serves has to be discovered.
 */
final class NamespaceConditions {
    private static final GroupResource NAMESPACES = Resources.NAMESPACES;
    private static final GroupResource PODS = Resources.PODS;
    private static final String REMOVED = "All content successfully removed";

    private NamespaceConditions() {}

    /** Empty where the namespace says all of it already. */
    static Optional<Action> tell(NamespaceView view, Instant now) {
        Resource told = view.namespace().copy();
        ArrayNode conditions = Resource.array(Resource.child(told.tree(), "status"), "conditions");
        boolean isNews = false;
        for (Wanted each : wanted(view, now)) {
            isNews |= Conditions.set(conditions, each, now);
        }
        return isNews
                ? Optional.of(new Action.PutStatus(NAMESPACES, told, view.namespace().revision()))
                : Optional.empty();
    }

    private static List<Wanted> wanted(NamespaceView view, Instant now) {
        return List.of(
                discovery(view.extensions().unknown()),
                new Wanted(
                        "NamespaceDeletionGroupVersionParsingFailure",
                        "False",
                        "ParsedGroupVersions",
                        "All legacy kube types successfully parsed"),
                deletion(failures(view, now)),
                content(view.turn()),
                finalizers(view.turn()));
    }

    private static Wanted discovery(SortedMap<String, String> unknown) {
        String type = "NamespaceDeletionDiscoveryFailure";
        if (unknown.isEmpty()) {
            return new Wanted(
                    type, "False", "ResourcesDiscovered", "All resources successfully discovered");
        }
        String failures =
                unknown.keySet().stream()
                        .map(each -> each + ": stale GroupVersion discovery: " + each)
                        .collect(Collectors.joining(", "));
        return new Wanted(
                type,
                "True",
                "DiscoveryFailed",
                "Discovery failed for some groups, %d failing: unable to retrieve the complete list of server APIs: %s"
                        .formatted(unknown.size(), failures));
    }

    private static Wanted deletion(List<String> failures) {
        String type = "NamespaceDeletionContentFailure";
        return failures.isEmpty()
                ? new Wanted(
                        type,
                        "False",
                        "ContentDeleted",
                        "All content successfully deleted, may be waiting on finalization")
                : new Wanted(
                        type,
                        "True",
                        "ContentDeletionFailed",
                        "Failed to delete all resource types, %d remaining: %s"
                                .formatted(failures.size(), String.join(", ", failures)));
    }

    private static List<String> failures(NamespaceView view, Instant now) {
        List<String> found = new ArrayList<>();
        view.refusal().ifPresent(found::add);
        List<Resource> pods = view.turn().getOrDefault(PODS, List.of());
        boolean isWaiting =
                pods.isEmpty()
                        || pods.stream().anyMatch(pod -> !pod.finalizers().isEmpty())
                        || now.isBefore(lastGrace(view.namespace(), pods));
        if (!isWaiting) {
            found.add(
                    "unexpected items still remain in namespace: %s for gvr: /v1, Resource=pods"
                            .formatted(view.namespace().name()));
        }
        return found.stream().sorted().toList();
    }

    /** When the last of the pods should have ended, seen from the namespace. */
    private static Instant lastGrace(Resource namespace, List<Resource> pods) {
        long seconds = 0;
        for (Resource pod : pods) {
            String phase = Resource.text(pod.status(), "phase");
            if (!phase.equals("Succeeded") && !phase.equals("Failed")) {
                seconds =
                        Math.max(
                                seconds,
                                pod.spec().path("terminationGracePeriodSeconds").asLong(0));
            }
        }
        return namespace.deletionTime().orElse(Instant.EPOCH).plus(Duration.ofSeconds(seconds));
    }

    private static Wanted content(SortedMap<GroupResource, List<Resource>> left) {
        String type = "NamespaceContentRemaining";
        if (left.isEmpty()) {
            return new Wanted(type, "False", "ContentRemoved", REMOVED);
        }
        String counts =
                left.entrySet().stream()
                        .map(NamespaceConditions::count)
                        .sorted()
                        .collect(Collectors.joining(", "));
        return new Wanted(
                type, "True", "SomeResourcesRemain", "Some resources are remaining: " + counts);
    }

    private static String count(Map.Entry<GroupResource, List<Resource>> left) {
        return "%s.%s has %d resource instances"
                .formatted(left.getKey().plural(), left.getKey().group(), left.getValue().size());
    }

    private static Wanted finalizers(SortedMap<GroupResource, List<Resource>> left) {
        String type = "NamespaceFinalizersRemaining";
        SortedMap<String, Integer> counts = new TreeMap<>();
        left.values()
                .forEach(
                        objects ->
                                objects.forEach(
                                        object ->
                                                object.finalizers()
                                                        .forEach(
                                                                each ->
                                                                        counts.merge(
                                                                                each,
                                                                                1,
                                                                                Integer::sum))));
        if (counts.isEmpty()) {
            return new Wanted(type, "False", "ContentRemoved", REMOVED);
        }
        String told =
                counts.entrySet().stream()
                        .map(
                                each ->
                                        "%s in %d resource instances"
                                                .formatted(each.getKey(), each.getValue()))
                        .sorted()
                        .collect(Collectors.joining(", "));
        return new Wanted(
                type, "True", "SomeFinalizerRemain", "Some finalizers are remaining: " + told);
    }
}
