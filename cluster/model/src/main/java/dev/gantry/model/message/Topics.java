package dev.gantry.model.message;

import dev.gantry.model.meta.GroupResource;

/** The names of the Kafka topics under one prefix (default {@code gantry.}). */
public record Topics(String prefix) {
    public static final String DEFAULT_PREFIX = "gantry.";

    /** The ordered, compacted feed of one resource's committed revisions. */
    public String changes(GroupResource resource) {
        return prefix + "changes." + resource;
    }

    /** Wake-ups for agents; key: node name, which also says in which partition they are. */
    public String assignments() {
        return prefix + "assignments";
    }

    /** Decisions of the scheduler; key: pod uid. */
    public String bindings() {
        return prefix + "bindings";
    }

    public String rejectedBindings() {
        return prefix + "bindings.rejected";
    }

    /** Statuses that agents report; key: pod uid. */
    public String podStatus() {
        return prefix + "pod-status";
    }

    /** Signs of life; key: node name. */
    public String heartbeats() {
        return prefix + "heartbeats";
    }

    /** Resource usage per container; key: node name. */
    public String usage() {
        return prefix + "usage";
    }
}
