package dev.gantry.model.message;

import dev.gantry.model.meta.GroupResource;
import java.util.Optional;

/**
 * The names of the Kafka topics under one prefix (default {@code gantry.}).
 *
 * <p>Each node that has an agent has topics of its own: what stands in them comes from that node,
 * or is for that node, whatever the messages say.
 */
public record Topics(String prefix) {
    public static final String DEFAULT_PREFIX = "gantry.";

    /** Kafka's limit. */
    private static final int LONGEST_NAME = 249;

    private static final String CHANGES = "changes.";
    private static final String ASSIGNMENTS = "assignments.";
    private static final String POD_STATUS = "pod-status.";
    private static final String HEARTBEATS = "heartbeats.";
    private static final String USAGE = "usage.";

    /** The ordered, compacted feed of one resource's committed revisions. */
    public String changes(GroupResource resource) {
        return prefix + CHANGES + resource;
    }

    /** The resource whose feed this topic is; empty for any other topic. */
    public Optional<GroupResource> resourceOfChanges(String topic) {
        String start = prefix + CHANGES;
        return topic.startsWith(start)
                ? Optional.of(GroupResource.parse(topic.substring(start.length())))
                : Optional.empty();
    }

    /** Wake-ups for the agent of one node; key: node name. */
    public String assignments(String node) {
        return prefix + ASSIGNMENTS + node;
    }

    /** Decisions of the scheduler; key: pod uid. */
    public String bindings() {
        return prefix + "bindings";
    }

    public String rejectedBindings() {
        return prefix + "bindings.rejected";
    }

    /** Statuses that the agent of one node reports; key: pod uid. */
    public String podStatus(String node) {
        return prefix + POD_STATUS + node;
    }

    /** Signs of life of one node; key: node name. */
    public String heartbeats(String node) {
        return prefix + HEARTBEATS + node;
    }

    /** Resource usage of one node per container; key: node name. */
    public String usage(String node) {
        return prefix + USAGE + node;
    }

    /** What monitoring says to itself, to know whether it could hear anybody. */
    public String echo() {
        return prefix + "echo";
    }

    /** The node whose topic of statuses this is; empty for any other topic. */
    public Optional<String> nodeOfPodStatus(String topic) {
        String start = prefix + POD_STATUS;
        return topic.startsWith(start)
                ? Optional.of(topic.substring(start.length()))
                : Optional.empty();
    }

    /** Who asked what of the API, as audit events; key: the user's name. */
    public String audit() {
        return prefix + "audit";
    }

    /** Whether topics can be called after the node. */
    public boolean canName(String node) {
        return assignments(node).length() <= LONGEST_NAME;
    }
}
