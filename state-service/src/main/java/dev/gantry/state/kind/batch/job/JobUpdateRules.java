package dev.gantry.state.kind.batch.job;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Sameness;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of a Job may change. Compat: {@code ValidateJobSpecUpdate}.
 *
 * <p>Where pods of a suspended Job may run, and what they ask for, can still be decided while none
 * of them is there.
 *
 * <p>Compat: the new spec is judged here as well as with the Job, so that what is wrong with it is
 * told twice.
 */
final class JobUpdateRules {
    private static final List<String> DIRECTIVES =
            List.of("nodeSelector", "tolerations", "schedulingGates");
    private static final List<String> FIXED =
            List.of(
                    "completionMode",
                    "podFailurePolicy",
                    "backoffLimitPerIndex",
                    "managedBy",
                    "successPolicy");

    private JobUpdateRules() {}

    static void check(Field spec, ObjectNode stored) {
        JobRules.checkSpec(spec);
        JsonNode before = stored.path("spec");
        completions(spec, before);
        spec.child("selector").immutable(before.path("selector"));
        template(spec.child("template"), stored);
        for (String fixed : FIXED) {
            spec.child(fixed).immutable(before.path(fixed));
        }
    }

    private static void completions(Field spec, JsonNode before) {
        Field completions = spec.child("completions");
        if (!JobRules.isIndexed(spec)) {
            completions.immutable(before.path("completions"));
            return;
        }
        boolean isChanged = !Sameness.same(completions.value(), before.path("completions"));
        boolean isTandem = completions.number() == spec.child("parallelism").number();
        if (isChanged && completions.isSet() && !isTandem) {
            completions.invalid("can only be modified in tandem with spec.parallelism");
        }
    }

    private static void template(Field template, ObjectNode stored) {
        JsonNode before = stored.path("spec").path("template");
        if (isAtRest(stored)
                && before instanceof ObjectNode old
                && template.value() instanceof ObjectNode updated) {
            JsonNode allowed = withDirectives(old.deepCopy(), updated);
            template.child("spec").immutable(allowed.path("spec"));
        } else {
            template.immutable(before);
        }
    }

    private static boolean isAtRest(ObjectNode stored) {
        JsonNode status = stored.path("status");
        boolean hasStarted = status.hasNonNull("startTime");
        boolean hasStopped =
                Conditions.isTrue(status.path("conditions"), "Suspended")
                        && status.path("active").asInt(0) == 0;
        return stored.path("spec").path("suspend").asBoolean(false) && (!hasStarted || hasStopped);
    }

    /** The stored template with what the update says where it may say something new. */
    private static ObjectNode withDirectives(ObjectNode old, ObjectNode updated) {
        ObjectNode spec = Resource.child(old, "spec");
        if (!(updated.path("spec") instanceof ObjectNode wanted)) {
            return old;
        }
        DIRECTIVES.forEach(each -> Trees.keep(spec, wanted, each));
        nodeAffinity(spec, wanted);
        for (String list : List.of("initContainers", "containers")) {
            resources(spec.path(list), wanted.path(list));
        }
        return old;
    }

    private static void resources(JsonNode containers, JsonNode wanted) {
        for (int i = 0; i < containers.size(); i++) {
            if (containers.path(i) instanceof ObjectNode container
                    && wanted.path(i) instanceof ObjectNode other) {
                Trees.keep(container, other, "resources");
            }
        }
    }

    private static void nodeAffinity(ObjectNode spec, ObjectNode wanted) {
        if (wanted.path("affinity") instanceof ObjectNode affinity) {
            Trees.keep(Resource.child(spec, "affinity"), affinity, "nodeAffinity");
        } else if (spec.path("affinity") instanceof ObjectNode affinity) {
            affinity.remove("nodeAffinity");
            if (affinity.isEmpty()) {
                spec.remove("affinity");
            }
        }
    }
}
