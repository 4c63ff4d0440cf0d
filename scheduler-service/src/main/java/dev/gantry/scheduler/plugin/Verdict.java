package dev.gantry.scheduler.plugin;

import java.util.List;

/** What one filter says of one node for one pod. */
public sealed interface Verdict {
    Fits FITS = new Fits();

    record Fits() implements Verdict {}

    /**
     * @param reasons upstream's words; more than one where several resources are short
     * @param couldBeFreed whether taking pods off the node might change the verdict
     */
    record Rejects(List<String> reasons, boolean couldBeFreed) implements Verdict {}

    /** A rejection that no eviction can change. */
    static Rejects never(String reason) {
        return new Rejects(List.of(reason), false);
    }

    static Rejects untilFreed(String reason) {
        return new Rejects(List.of(reason), true);
    }
}
