package dev.gantry.state.kind.core.pod;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.kind.core.pod.container.InitRestartRules;
import dev.gantry.state.kind.core.pod.spec.PodAnnotationRules;
import dev.gantry.state.kind.core.pod.spec.PodRules;
import dev.gantry.state.kind.core.pod.spec.TolerationRules;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Rules;
import dev.gantry.state.validation.Sameness;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What of a stored pod may be changed. Compat: {@code ValidatePodUpdate}. */
final class PodUpdateRules {
    private static final String ONLY =
            "pod updates may not change fields other than `spec.containers[*].image`,"
                    + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
                    + "`spec.tolerations` (only additions to existing tolerations),"
                    + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was"
                    + " previously negative)\n";

    private PodUpdateRules() {}

    static void check(Field pod, ObjectNode stored) {
        PodRules.check(pod);
        InitRestartRules.unlessStored(pod.errors(), stored.path("spec"));
        PodAnnotationRules.checkUpdate(
                pod.child("metadata", "annotations"), stored.path("metadata").path("annotations"));
        Field spec = pod.child("spec");
        JsonNode before = stored.path("spec");
        for (String list : List.of("containers", "initContainers")) {
            if (!sameCount(spec.child(list), before.path(list))) {
                return;
            }
        }
        if (!deadline(spec.child("activeDeadlineSeconds"), before)) {
            return;
        }
        TolerationRules.onlyAdded(spec.child("tolerations"), before.path("tolerations"));
        onlyFewerGates(spec.child("schedulingGates"), before.path("schedulingGates"));
        if (!Sameness.same(spec.value(), before)) {
            restIsUnchanged(spec, before);
        }
    }

    private static boolean sameCount(Field containers, JsonNode before) {
        if (containers.items().size() == before.size()) {
            return true;
        }
        containers.forbidden("pod updates may not add or remove containers");
        return false;
    }

    /** It may be set once, and then only come nearer. Whether looking further makes sense. */
    private static boolean deadline(Field deadline, JsonNode spec) {
        JsonNode before = spec.path("activeDeadlineSeconds");
        if (!deadline.isSet()) {
            if (before.isNumber()) {
                deadline.invalidAs("null", "must not update from a positive integer to nil value");
            }
            return true;
        }
        if (deadline.number() < 0 || deadline.number() > Integer.MAX_VALUE) {
            deadline.invalid(Rules.between(0, Integer.MAX_VALUE));
            return false;
        }
        if (before.isNumber() && before.asLong(0) < deadline.number()) {
            deadline.invalid("must be less than or equal to previous value");
            return false;
        }
        return true;
    }

    private static void onlyFewerGates(Field gates, JsonNode before) {
        Set<String> old = new TreeSet<>();
        before.forEach(each -> old.add(Resource.text(each, "name")));
        for (Field gate : gates.items()) {
            if (!old.contains(gate.text("name"))) {
                gate.child("name")
                        .forbidden(
                                "only deletion is allowed, but found new scheduling gate '%s'"
                                        .formatted(gate.text("name")));
            }
        }
    }

    /** Puts back what may change, and compares what is left. */
    private static void restIsUnchanged(Field spec, JsonNode before) {
        ObjectNode munged = (ObjectNode) spec.value().deepCopy();
        ObjectNode old = (ObjectNode) before;
        for (String list : List.of("containers", "initContainers")) {
            List<JsonNode> olds = new ArrayList<>();
            old.path(list).forEach(olds::add);
            var each = olds.iterator();
            Defaults.each(
                    munged.path(list),
                    container -> Trees.keep(container, (ObjectNode) each.next(), "image"));
        }
        for (String field : List.of("activeDeadlineSeconds", "schedulingGates", "tolerations")) {
            Trees.keep(munged, old, field);
        }
        boolean wasNegative = old.path("terminationGracePeriodSeconds").asLong(0) < 0;
        if (wasNegative && munged.path("terminationGracePeriodSeconds").asLong(0) == 1) {
            Trees.keep(munged, old, "terminationGracePeriodSeconds");
        }
        if (!old.path("schedulingGates").isEmpty()) {
            GatedPodRules.check(spec, munged, old);
        }
        if (!Sameness.same(munged, old)) {
            spec.forbidden(ONLY + SpecDifference.of(old, munged));
        }
    }
}
