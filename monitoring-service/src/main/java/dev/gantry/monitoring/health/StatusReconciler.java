package dev.gantry.monitoring.health;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import dev.gantry.monitoring.heartbeat.LastHeartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a node's conditions when they change, and its lastHeartbeatTime now and then. */
final class StatusReconciler implements Reconciler<StatusView, Action> {
    private static final GroupResource NODES = Resources.NODES;

    /** Compat: kubelet's nodeStatusReportFrequency. */
    private static final Duration RARELY = Duration.ofMinutes(5);

    private static final Duration WITHOUT_ECHO = Duration.ofSeconds(2);

    private static final List<String> OF_THE_NODE =
            List.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure");

    @Override
    public Plan<Action> reconcile(StatusView view, Instant now) {
        Resource copy = view.node().copy();
        ObjectNode status = Resource.child(copy.tree(), "status");
        ArrayNode conditions = Resource.array(status, "conditions");
        boolean isChanged =
                view.isSilent(now)
                        ? silence(view, conditions, now)
                        : view.last().isPresent() && beat(view.last().get(), status, now);
        Plan<Action> plan = isChanged ? Plan.of(write(view.node(), copy)) : Plan.settled();
        if (view.silentAt().isEmpty()) {
            return plan.requeueAt(now.plus(WITHOUT_ECHO));
        }
        return view.silentAt().filter(at -> at.isAfter(now)).map(plan::requeueAt).orElse(plan);
    }

    private static List<Action> write(Resource before, Resource after) {
        List<Action> actions = new ArrayList<>();
        actions.add(new Action.PutStatus(NODES, after, before.revision()));
        String was = readiness(before);
        String is = readiness(after);
        if (!was.isEmpty() && was.equals("True") != is.equals("True")) {
            String reason = is.equals("True") ? "NodeReady" : "NodeNotReady";
            String message = "Node %s status is now: %s".formatted(before.name(), reason);
            actions.add(new Action.RecordEvent(NODES, after, false, reason, message));
        }
        return actions;
    }

    private static String readiness(Resource node) {
        return Conditions.find(node.status().path("conditions"), "Ready")
                .map(each -> Resource.text(each, "status"))
                .orElse("");
    }

    private static boolean silence(StatusView view, ArrayNode conditions, Instant now) {
        boolean isChanged = false;
        for (String type : OF_THE_NODE) {
            Optional<JsonNode> before = Conditions.find(conditions, type);
            boolean saysSo =
                    before.filter(each -> Resource.text(each, "status").equals("Unknown"))
                            .isPresent();
            if (!saysSo) {
                isChanged |= Conditions.set(conditions, unknown(type, before.isPresent()), now);
            }
        }
        return isChanged && !view.node().isBeingDeleted();
    }

    private static Conditions.Wanted unknown(String type, boolean wasReported) {
        return wasReported
                ? new Conditions.Wanted(
                        type,
                        "Unknown",
                        "NodeStatusUnknown",
                        "Kubelet stopped posting node status.")
                : new Conditions.Wanted(
                        type,
                        "Unknown",
                        "NodeStatusNeverUpdated",
                        "Kubelet never posted node status.");
    }

    private static boolean beat(LastHeartbeat last, ObjectNode status, Instant now) {
        ArrayNode conditions = (ArrayNode) status.get("conditions");
        boolean isChanged = false;
        boolean isStale = false;
        for (JsonNode said : last.beat().conditions()) {
            String type = Resource.text(said, "type");
            isChanged |=
                    Conditions.set(
                            conditions,
                            new Conditions.Wanted(
                                    type,
                                    Resource.text(said, "status"),
                                    Resource.text(said, "reason"),
                                    Resource.text(said, "message")),
                            now);
            isStale |= isStale(conditions, type, now);
        }
        ObjectNode foreign = foreign(status.path("capacity"));
        isChanged |= replace(status, "capacity", last.beat().capacity(), foreign);
        isChanged |= replace(status, "allocatable", last.beat().allocatable(), foreign);
        if (isChanged || isStale) {
            stamp(conditions, last, now);
        }
        return isChanged || isStale;
    }

    private static boolean isStale(ArrayNode conditions, String type, Instant now) {
        Optional<Instant> last =
                Conditions.find(conditions, type)
                        .flatMap(each -> Resource.instant(each.path("lastHeartbeatTime")));
        return last.isEmpty() || last.get().plus(RARELY).isBefore(now);
    }

    private static void stamp(ArrayNode conditions, LastHeartbeat last, Instant now) {
        for (JsonNode said : last.beat().conditions()) {
            Conditions.find(conditions, Resource.text(said, "type"))
                    .ifPresent(
                            each ->
                                    ((ObjectNode) each)
                                            .put("lastHeartbeatTime", Conditions.timestamp(now)));
        }
    }

    /**
     * Extended resources that somebody else wrote there: all of their capacity is allocatable.
     *
     * <p>Compat: {@code MachineInfo} of kubelet's node status setters.
     */
    private static ObjectNode foreign(JsonNode capacity) {
        ObjectNode foreign = JsonNodeFactory.instance.objectNode();
        capacity.properties().stream()
                .filter(each -> each.getKey().contains("/"))
                .forEach(each -> foreign.set(each.getKey(), each.getValue()));
        return foreign;
    }

    private static boolean replace(
            ObjectNode status, String field, ObjectNode said, ObjectNode foreign) {
        ObjectNode wanted = foreign.deepCopy();
        wanted.setAll(said);
        if (said.isEmpty() || wanted.equals(status.path(field))) {
            return false;
        }
        status.set(field, wanted);
        return true;
    }
}
