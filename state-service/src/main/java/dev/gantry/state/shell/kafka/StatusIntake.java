package dev.gantry.state.shell.kafka;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.PodStatusReport;
import dev.gantry.model.message.Topics;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Uid;
import dev.gantry.state.ingest.StatusDecider;
import dev.gantry.state.ingest.Verdict;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.memory.EncodedObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the agents saw of their pods. */
final class StatusIntake implements Intake<PodStatusReport> {
    private static final Logger LOG = LoggerFactory.getLogger(StatusIntake.class);

    private final Topics topics;
    private final NodeTopics nodes;
    private final StateLog log;
    private final InstantSource clock;

    StatusIntake(Topics topics, NodeTopics nodes, StateLog log, InstantSource clock) {
        this.topics = topics;
        this.nodes = nodes;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public Set<String> topics() {
        return nodes.ofPodStatus();
    }

    @Override
    public boolean mayComeFrom(String topic, PodStatusReport message) {
        return topics.podStatus(message.node()).equals(topic);
    }

    @Override
    public Class<PodStatusReport> type() {
        return PodStatusReport.class;
    }

    @Override
    public List<Uid> subjects(PodStatusReport message) {
        return List.of(message.uid());
    }

    /** A report is a whole status: only the newest of a run counts, and the end always does. */
    @Override
    public boolean isOvertakenBy(PodStatusReport earlier, PodStatusReport later) {
        return !earlier.isGone()
                && later.sequence() > earlier.sequence()
                && later.node().equals(earlier.node());
    }

    @Override
    public boolean isCurrent(PodStatusReport message) {
        return StatusDecider.isOfNow(message.sequence(), clock.instant());
    }

    @Override
    public String memory() {
        return "";
    }

    @Override
    public void recall(String memory) {
        // A report tells by itself whether it is newer than what is stored.
    }

    @Override
    public Verdict decide(PodStatusReport message) {
        var key = new ObjectKey(Resources.PODS, message.namespace(), message.name());
        Optional<StoredObject> pod = log.get(key);
        long lastSequence =
                pod.map(EncodedObject.class::cast).map(EncodedObject::reportSequence).orElse(0L);
        return StatusDecider.decide(message, pod, lastSequence, clock.instant());
    }

    @Override
    public void reject(PodStatusReport message, String why) {
        LOG.warn(
                "the report on pod {}/{} is left out: {}",
                message.namespace(),
                message.name(),
                why);
    }
}
