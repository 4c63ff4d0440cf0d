package dev.gantry.agent.pod;

/**
 * Where a pod is still there: in the API, on this node, or in both.
 *
 * <pre>
 *   PRESENT ──removed from the node──► REMOVED   (its end is reported until the API has it no more)
 *      │                                  │
 *   gone from the API                  gone from the API
 *      ▼                                  ▼
 *   ORPHANED ──removed from the node──► FINISHED
 * </pre>
 */
public enum PodLife {
    PRESENT,
    ORPHANED,
    REMOVED,
    FINISHED;

    public PodLife goneFromApi() {
        return switch (this) {
            case PRESENT, ORPHANED -> ORPHANED;
            case REMOVED, FINISHED -> FINISHED;
        };
    }

    public PodLife removedFromNode() {
        return switch (this) {
            case PRESENT, REMOVED -> REMOVED;
            case ORPHANED, FINISHED -> FINISHED;
        };
    }

    public boolean isInApi() {
        return this == PRESENT || this == REMOVED;
    }

    public boolean isOnNode() {
        return this == PRESENT || this == ORPHANED;
    }
}
