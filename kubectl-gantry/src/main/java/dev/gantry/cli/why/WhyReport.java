package dev.gantry.cli.why;

import java.util.List;
import java.util.Optional;

/**
 * The answer to "why?".
 *
 * @param node where the pod is, or where room is being made for it; empty if nowhere
 * @param gang how its gang stands, where it waits with one
 * @param notes what else one should know
 */
public record WhyReport(
        String pod,
        Situation situation,
        String node,
        Said said,
        Obstacles obstacles,
        Optional<GangReport> gang,
        List<String> notes) {
    public WhyReport {
        notes = List.copyOf(notes);
    }

    static WhyReport of(String pod, Situation situation, String node) {
        return new WhyReport(
                pod, situation, node, Said.NOTHING, Obstacles.NONE, Optional.empty(), List.of());
    }

    WhyReport saying(Said words) {
        return new WhyReport(pod, situation, node, words, obstacles, gang, notes);
    }

    WhyReport facing(Obstacles found) {
        return new WhyReport(pod, situation, node, said, found, gang, notes);
    }

    WhyReport noting(List<String> more) {
        return new WhyReport(pod, situation, node, said, obstacles, gang, more);
    }

    /** The scheduler has yet to come to it. */
    WhyReport fitting() {
        Said glad = said.withoutMessage();
        return new WhyReport(pod, Situation.FITS, node, glad, Obstacles.NONE, gang, notes);
    }

    /** What is said of the pod alone is of no use to a pod that is not placed alone. */
    WhyReport mustering(GangReport found) {
        return new WhyReport(
                pod,
                Situation.MUSTERING,
                node,
                said.withoutMessage(),
                Obstacles.of(found.lacks()),
                Optional.of(found),
                notes);
    }
}
