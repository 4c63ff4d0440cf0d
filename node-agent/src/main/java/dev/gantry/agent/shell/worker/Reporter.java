package dev.gantry.agent.shell.worker;

import dev.gantry.agent.edge.StatusSink;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.status.StatusMessages;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.message.PodStatusReport;
import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reports one pod's status when it changed, and again where the API seems not to have taken it.
 *
 * <p>Invariant: what is told is on disk before. An agent that begins anew would else know less of
 * the pod than the API, and count the restarts of its containers from the beginning.
 */
final class Reporter {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final StatusSink sink;
    private final String node;
    private final ReportSequence sequence;
    private final InstantSource clock;
    private JsonNode last;
    private boolean hasReported;
    private Instant reportedAt = Instant.EPOCH;

    Reporter(NodeParts parts, ReportSequence sequence, JsonNode stored) {
        this.sink = parts.cluster().reports();
        this.node = parts.node().facts().name();
        this.sequence = sequence;
        this.clock = parts.clock();
        this.last = stored;
    }

    /** The last status that was reported, or what the API had when the agent began. */
    synchronized JsonNode last() {
        return last;
    }

    /**
     * @param keep puts {@link #last} on disk
     */
    synchronized void report(PodSpec pod, ObjectNode status, Runnable keep) {
        StatusMessages.share(status);
        if (hasReported && status.equals(last) && !isForgotten(pod)) {
            return;
        }
        last = status;
        keep.run();
        send(pod, status, false);
    }

    synchronized void reportGone(PodSpec pod) {
        ObjectNode status =
                last instanceof ObjectNode known ? known : pod.pod().tree().objectNode();
        send(pod, status, true);
    }

    private void send(PodSpec pod, ObjectNode status, boolean isGone) {
        last = status;
        hasReported = true;
        reportedAt = clock.instant();
        sink.report(
                new PodStatusReport(
                        node,
                        pod.namespace(),
                        pod.name(),
                        pod.uid(),
                        sequence.next(),
                        status.deepCopy(),
                        isGone));
    }

    private boolean isForgotten(PodSpec pod) {
        if (Duration.between(reportedAt, clock.instant()).abs().compareTo(PATIENCE) < 0) {
            return false;
        }
        JsonNode stored = pod.pod().status();
        return !Resource.text(stored, "phase").equals(Resource.text(last, "phase"))
                || !stored.path("containerStatuses").equals(last.path("containerStatuses"))
                || !hasConditions(stored.path("conditions"));
    }

    /** Others write them too: monitoring makes the pods of a silent node unready. */
    private boolean hasConditions(JsonNode stored) {
        for (JsonNode each : last.path("conditions")) {
            String status =
                    Conditions.find(stored, Resource.text(each, "type"))
                            .map(found -> Resource.text(found, "status"))
                            .orElse("");
            if (!status.equals(Resource.text(each, "status"))) {
                return false;
            }
        }
        return true;
    }
}
