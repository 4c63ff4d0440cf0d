package dev.gantry.cli.why;

import dev.gantry.cli.remedy.Suggestion;
import dev.gantry.scheduler.placement.Explanation;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The answer to "why?".
 *
 * @param node where the pod is, or where room is being made for it; empty if nowhere
 * @param decision the kept explanation of the scheduler, as it was decided
 * @param decidedAt when, as the pod's condition says; empty where it does not
 * @param today what would be decided now, were the pod not placed
 * @param message Kubernetes' text for a pod that fits nowhere; empty for others
 * @param hindrances what keeps it from every node, whatever the node is like
 * @param lacks what nodes lack for it, alike ones together; for a placed pod as if it came anew
 * @param suggestions what would make it fit
 * @param gang how its gang stands, where it waits with one
 * @param notes what else one should know
 */
public record WhyReport(
        String pod,
        Situation situation,
        String node,
        Optional<JsonNode> decision,
        String decidedAt,
        Optional<Explanation> today,
        String message,
        List<String> hindrances,
        List<Lack> lacks,
        List<Suggestion> suggestions,
        Optional<GangReport> gang,
        List<String> notes) {
    /**
     * @param nodes by name
     */
    public record Lack(List<String> nodes, List<String> reasons) {}

    static WhyReport of(String pod, Situation situation, String node) {
        return new WhyReport(
                pod,
                situation,
                node,
                Optional.empty(),
                "",
                Optional.empty(),
                "",
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    WhyReport decided(Optional<JsonNode> kept, String when) {
        return new WhyReport(
                pod,
                situation,
                node,
                kept,
                when,
                today,
                message,
                hindrances,
                lacks,
                suggestions,
                gang,
                notes);
    }

    WhyReport today(Explanation explanation, String told) {
        return new WhyReport(
                pod,
                situation,
                node,
                decision,
                decidedAt,
                Optional.of(explanation),
                told,
                hindrances,
                lacks,
                suggestions,
                gang,
                notes);
    }

    WhyReport lacking(List<String> everywhere, List<Lack> found, List<Suggestion> remedies) {
        return new WhyReport(
                pod,
                situation,
                node,
                decision,
                decidedAt,
                today,
                message,
                everywhere,
                found,
                remedies,
                gang,
                notes);
    }

    WhyReport noting(List<String> more) {
        return new WhyReport(
                pod,
                situation,
                node,
                decision,
                decidedAt,
                today,
                message,
                hindrances,
                lacks,
                suggestions,
                gang,
                more);
    }

    /** The scheduler has yet to come to it. */
    WhyReport fitting() {
        return new WhyReport(
                pod,
                Situation.FITS,
                node,
                decision,
                decidedAt,
                today,
                "",
                List.of(),
                List.of(),
                List.of(),
                gang,
                notes);
    }

    /** What is said of the pod alone is of no use to a pod that is not placed alone. */
    WhyReport mustering(GangReport found) {
        return new WhyReport(
                pod,
                Situation.MUSTERING,
                node,
                decision,
                decidedAt,
                today,
                "",
                List.of(),
                found.lacks(),
                List.of(),
                Optional.of(found),
                notes);
    }
}
