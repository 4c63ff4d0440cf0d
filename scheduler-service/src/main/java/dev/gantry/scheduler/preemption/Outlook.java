package dev.gantry.scheduler.preemption;

import java.util.List;

/** What one node offers to a pod that does not fit it. */
sealed interface Outlook {
    Outlook NOT_HELPFUL = new Vain(List.of("Preemption is not helpful for scheduling"));
    Outlook NO_VICTIMS = new Vain(List.of("No preemption victims found for incoming pod"));

    /** It would fit if these left. */
    record Hope(Candidate candidate) implements Outlook {}

    /**
     * @param reasons upstream's words
     */
    record Vain(List<String> reasons) implements Outlook {}
}
