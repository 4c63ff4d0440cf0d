package dev.gantry.state.ingest;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.message.PodStatusReport;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.apply.NotedFields;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Merges what an agent saw into the pod's status.
 *
 * <p>The agent says the whole status; what others say of the pod is kept: conditions of types that
 * it does not name, unless nobody but an agent sets them; and the fields that are not its own.
 */
public final class StatusDecider {
    /** Set by others, and kept where the report is silent on them. */
    private static final List<String> FOREIGN =
            List.of(
                    "qosClass",
                    "startTime",
                    "nominatedNodeName",
                    "resourceClaimStatuses",
                    "extendedResourceClaimStatus");

    /** Conditions that are there only while they hold: where the agent is silent, they do not. */
    private static final Set<String> WHILE_THEY_HOLD =
            Set.of("PodResizePending", "PodResizeInProgress");

    /** How far the clock of a node may be ahead of ours. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(10);

    private StatusDecider() {}

    /**
     * Agents count from the microseconds of their clock. One from the future would make all that
     * come after it look old.
     */
    public static boolean isOfNow(long sequence, Instant now) {
        return sequence <= ChronoUnit.MICROS.between(Instant.EPOCH, now.plus(CLOCKS_APART));
    }

    /**
     * @param lastSequence of the last report that the pod took in
     */
    public static Verdict decide(
            PodStatusReport report, Optional<StoredObject> pod, long lastSequence, Instant now) {
        if (pod.isEmpty()) {
            return new Verdict.Drop("the pod is no more");
        }
        Resource current = pod.get().decode();
        if (!current.uid().equals(report.uid())) {
            return new Verdict.Drop("it is about an earlier pod of the name");
        }
        if (!Resource.text(current.spec(), "nodeName").equals(report.node())) {
            return new Verdict.Drop("the pod is not on node " + report.node());
        }
        if (!isOfNow(report.sequence(), now)) {
            return new Verdict.Drop("it is from the future");
        }
        if (report.sequence() <= lastSequence && isOfNow(lastSequence, now)) {
            return new Verdict.Drop("overtaken by report " + lastSequence);
        }
        boolean isOver = report.isGone() && current.isBeingDeleted();
        if (isOver && current.finalizers().isEmpty()) {
            return commit(pod.get(), Optional.empty(), report, now);
        }
        Resource merged = new Resource(current.tree().deepCopy());
        merged.tree().set("status", merge(report.status(), current.status()));
        if (isOver) {
            // Nothing runs any more: whoever takes away the last finalizer may remove the pod.
            merged.mutableMetadata().put("deletionGracePeriodSeconds", 0);
        }
        NotedFields.completeStatus(merged);
        if (merged.tree().equals(current.tree())) {
            return new Verdict.Drop("nothing new");
        }
        NotedFields.ofAgent(now).status(merged, current);
        return commit(pod.get(), Optional.of(merged), report, now);
    }

    private static Verdict commit(
            StoredObject stored, Optional<Resource> put, PodStatusReport report, Instant now) {
        String actor = "system:node:" + report.node();
        var change = new Change(stored.key(), stored.revision(), put, actor, now);
        return new Verdict.Commit(List.of(change), report.sequence());
    }

    private static ObjectNode merge(ObjectNode reported, JsonNode stored) {
        ObjectNode merged = reported.deepCopy();
        for (String field : FOREIGN) {
            if (!merged.hasNonNull(field) && stored.hasNonNull(field)) {
                merged.set(field, stored.get(field));
            }
        }
        ArrayNode conditions = Resource.array(merged, "conditions");
        for (JsonNode each : stored.path("conditions")) {
            String type = Resource.text(each, "type");
            boolean isNamed = Conditions.find(conditions, type).isPresent();
            if (!isNamed && !WHILE_THEY_HOLD.contains(type)) {
                conditions.add(each);
            }
        }
        return merged;
    }
}
