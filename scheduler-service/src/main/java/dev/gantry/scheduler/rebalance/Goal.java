package dev.gantry.scheduler.rebalance;

/** What a move is good for. */
public enum Goal {
    /** Nodes that can be switched off, or that are free for something big. */
    EMPTY_NODES("empty-nodes"),
    /** Pods as evenly over their domains as their topology spread constraints say. */
    RESTORE_SPREAD("restore-spread");

    private final String text;

    Goal(String text) {
        this.text = text;
    }

    /** As configuration and log lines call it. */
    public String text() {
        return text;
    }
}
