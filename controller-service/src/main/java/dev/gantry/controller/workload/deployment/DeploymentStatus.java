package dev.gantry.controller.workload.deployment;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a Deployment says of itself. Compat: sync.go and progress.go. */
final class DeploymentStatus {
    private static final String AVAILABLE = "Available";
    private static final String PROGRESSING = "Progressing";
    private static final String FAILURE = "ReplicaFailure";

    private final Resource deployment;
    private final Step step;
    private final Instant now;
    private final ObjectNode next;

    DeploymentStatus(Step step, boolean tracksProgress, Instant now) {
        this.step = step;
        this.deployment = step.view().deployment();
        this.now = now;
        this.next = counts();
        ArrayNode conditions = JsonNodeFactory.instance.arrayNode();
        deployment.status().path("conditions").forEach(each -> conditions.add(each.deepCopy()));
        // Compat: that its first set is made is told before anything is known of its pods.
        boolean isNew = hasDeadline() && tracksProgress && progressing(conditions).isEmpty();
        if (isNew) {
            setProgress(conditions);
        }
        setAvailable(conditions);
        if (hasDeadline()) {
            setPaused(conditions);
            if (tracksProgress && !isNew) {
                setProgress(conditions);
            }
        } else {
            remove(conditions, PROGRESSING);
        }
        setFailure(conditions);
        if (!conditions.isEmpty()) {
            next.set("conditions", conditions);
        }
    }

    /** Empty where the Deployment says so already. */
    Optional<Resource> changed() {
        if (next.equals(deployment.status())) {
            return Optional.empty();
        }
        Resource copy = deployment.copy();
        copy.tree().set("status", next);
        return Optional.of(copy);
    }

    /** When lack of progress becomes a failure; empty where nothing is awaited. */
    Optional<Instant> deadline() {
        if (!hasDeadline()) {
            return Optional.empty();
        }
        return progressing(next.path("conditions"))
                .filter(each -> Resource.text(each, "status").equals("True"))
                .filter(each -> !Resource.text(each, "reason").equals("NewReplicaSetAvailable"))
                .flatMap(each -> Resource.instant(each.path("lastUpdateTime")))
                .map(since -> since.plus(deadlineLength()).plusSeconds(1));
    }

    static boolean isComplete(Resource deployment, Limits limits) {
        JsonNode status = deployment.status();
        return status.path("observedGeneration").asLong(0) >= deployment.generation()
                && isComplete(status, limits);
    }

    private static boolean isComplete(JsonNode status, Limits limits) {
        return status.path("updatedReplicas").asInt(0) == limits.replicas()
                && status.path("replicas").asInt(0) == limits.replicas()
                && status.path("availableReplicas").asInt(0) == limits.replicas();
    }

    private ObjectNode counts() {
        List<SetDraft> all = step.all();
        int total = sum(all, set -> count(set, "replicas"));
        int available = sum(all, set -> count(set, "availableReplicas"));
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("observedGeneration", (int) deployment.generation());
        putUnlessZero(status, "replicas", total);
        putUnlessZero(
                status,
                "updatedReplicas",
                step.latest().map(set -> count(set, "replicas")).orElse(0));
        putUnlessZero(status, "readyReplicas", sum(all, set -> count(set, "readyReplicas")));
        putUnlessZero(status, "availableReplicas", available);
        putUnlessZero(status, "unavailableReplicas", Math.max(0, wanted(all) - available));
        status.put("terminatingReplicas", sum(all, set -> count(set, "terminatingReplicas")));
        int collisions = deployment.status().path("collisionCount").asInt(0);
        boolean collides = step.latest().isEmpty() && step.view().namesake().isPresent();
        putUnlessZero(status, "collisionCount", collisions + (collides ? 1 : 0));
        return status;
    }

    /** Compat: total replicas here are those wanted, not those there. */
    private static int wanted(List<SetDraft> all) {
        return sum(all, SetDraft::replicasSeen);
    }

    private void setAvailable(ArrayNode conditions) {
        boolean isEnough =
                next.path("availableReplicas").asInt(0) >= step.limits().minimumAvailable();
        set(
                conditions,
                isEnough
                        ? new Conditions.Wanted(
                                AVAILABLE,
                                "True",
                                "MinimumReplicasAvailable",
                                "Deployment has minimum availability.")
                        : new Conditions.Wanted(
                                AVAILABLE,
                                "False",
                                "MinimumReplicasUnavailable",
                                "Deployment does not have minimum availability."));
    }

    private void setPaused(ArrayNode conditions) {
        String reason = reason(progressing(conditions));
        if (reason.equals("ProgressDeadlineExceeded")) {
            return;
        }
        boolean isPaused = deployment.spec().path("paused").asBoolean(false);
        boolean saysPaused = reason.equals("DeploymentPaused");
        if (isPaused && !saysPaused) {
            progress(conditions, "Unknown", "DeploymentPaused", "Deployment is paused");
        } else if (!isPaused && saysPaused) {
            progress(conditions, "Unknown", "DeploymentResumed", "Deployment is resumed");
        }
    }

    private void setProgress(ArrayNode conditions) {
        Optional<JsonNode> current = progressing(conditions);
        Optional<SetDraft> latest = step.latest();
        if (latest.isEmpty()) {
            if (step.view().namesake().isEmpty() && !hasOldWork()) {
                String name = Template.nameFor(deployment);
                String message = "Created new replica set \"%s\"".formatted(name);
                progress(conditions, "True", "NewReplicaSetCreated", message);
            }
            return;
        }
        String name = latest.get().name();
        boolean wasComplete =
                next.path("replicas").asInt(0) == next.path("updatedReplicas").asInt(0)
                        && reason(current).equals("NewReplicaSetAvailable");
        if (wasComplete) {
            return;
        }
        if (isComplete(next, step.limits())) {
            String message = "ReplicaSet \"%s\" has successfully progressed.".formatted(name);
            progress(conditions, "True", "NewReplicaSetAvailable", message);
        } else if (isProgressing()) {
            String message = "ReplicaSet \"%s\" is progressing.".formatted(name);
            progress(conditions, "True", "ReplicaSetUpdated", message);
        } else if (current.isEmpty()) {
            String message = "Found new replica set \"%s\"".formatted(name);
            progress(conditions, "True", "FoundNewReplicaSet", message);
        } else if (isTimedOut(current.get())) {
            String message = "ReplicaSet \"%s\" has timed out progressing.".formatted(name);
            progress(conditions, "False", "ProgressDeadlineExceeded", message);
        }
    }

    /** A Recreate waits for its old pods to go before it makes the new set. */
    private boolean hasOldWork() {
        return DeploymentView.recreates(deployment)
                && step.old().stream()
                        .anyMatch(
                                set ->
                                        set.replicasSeen() > 0
                                                || step.view()
                                                        .populated()
                                                        .contains(set.seen().uid()));
    }

    private boolean isProgressing() {
        JsonNode before = deployment.status();
        int oldOnes = next.path("replicas").asInt(0) - next.path("updatedReplicas").asInt(0);
        int oldOnesBefore =
                before.path("replicas").asInt(0) - before.path("updatedReplicas").asInt(0);
        return grew("updatedReplicas")
                || oldOnes < oldOnesBefore
                || grew("readyReplicas")
                || grew("availableReplicas");
    }

    private boolean grew(String field) {
        return next.path(field).asInt(0) > deployment.status().path(field).asInt(0);
    }

    private boolean isTimedOut(JsonNode current) {
        String reason = Resource.text(current, "reason");
        if (reason.equals("NewReplicaSetAvailable")) {
            return false;
        }
        if (reason.equals("ProgressDeadlineExceeded")) {
            return true;
        }
        return Resource.instant(current.path("lastUpdateTime"))
                .filter(since -> since.plus(deadlineLength()).isBefore(now))
                .isPresent();
    }

    private void setFailure(ArrayNode conditions) {
        Optional<JsonNode> found = Optional.empty();
        for (SetDraft set : step.latest().isPresent() ? List.of(step.latest().get()) : step.all()) {
            Optional<JsonNode> failure =
                    Conditions.find(set.seen().status().path("conditions"), FAILURE);
            found = found.isPresent() ? found : failure;
        }
        if (found.isEmpty()) {
            remove(conditions, FAILURE);
            return;
        }
        JsonNode failure = found.get();
        set(
                conditions,
                new Conditions.Wanted(
                        FAILURE,
                        Resource.text(failure, "status"),
                        Resource.text(failure, "reason"),
                        Resource.text(failure, "message")));
    }

    private void progress(ArrayNode conditions, String status, String reason, String message) {
        set(conditions, new Conditions.Wanted(PROGRESSING, status, reason, message));
        // Compat: each step of progress is an update, though reason and message stay the same.
        progressing(conditions)
                .ifPresent(
                        each -> {
                            if (!reason.equals("ProgressDeadlineExceeded")) {
                                stamp((ObjectNode) each);
                                moveToEnd(conditions, each);
                            }
                        });
    }

    private void set(ArrayNode conditions, Conditions.Wanted wanted) {
        if (Conditions.set(conditions, wanted, now)) {
            Conditions.find(conditions, wanted.type())
                    .ifPresent(
                            each -> {
                                stamp((ObjectNode) each);
                                moveToEnd(conditions, each);
                            });
        }
    }

    /** Compat: {@code SetDeploymentCondition}: what changed last stands last. */
    private static void moveToEnd(ArrayNode conditions, JsonNode condition) {
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i) == condition) {
                conditions.add(conditions.remove(i));
                return;
            }
        }
    }

    private void stamp(ObjectNode condition) {
        condition.put("lastUpdateTime", Conditions.timestamp(now));
    }

    private boolean hasDeadline() {
        JsonNode deadline = deployment.spec().path("progressDeadlineSeconds");
        return deadline.isNumber() && deadline.asLong() != Integer.MAX_VALUE;
    }

    private Duration deadlineLength() {
        return Duration.ofSeconds(deployment.spec().path("progressDeadlineSeconds").asLong(600));
    }

    private static Optional<JsonNode> progressing(JsonNode conditions) {
        return Conditions.find(conditions, PROGRESSING);
    }

    private static String reason(Optional<JsonNode> condition) {
        return condition.map(each -> Resource.text(each, "reason")).orElse("");
    }

    private static void remove(ArrayNode conditions, String type) {
        for (int i = conditions.size() - 1; i >= 0; i--) {
            if (Resource.text(conditions.get(i), "type").equals(type)) {
                conditions.remove(i);
            }
        }
    }

    private static int sum(List<SetDraft> sets, ToIntFunction<SetDraft> of) {
        return sets.stream().mapToInt(of).sum();
    }

    private static int count(SetDraft set, String field) {
        return set.seen().status().path(field).asInt(0);
    }

    private static void putUnlessZero(ObjectNode status, String field, int count) {
        if (count > 0) {
            status.put(field, count);
        }
    }
}
