package dev.gantry.cli.why;

import java.util.List;
import java.util.Optional;

/**
 * How the pods of a workload stand.
 *
 * @param owner its kind, namespace and name
 * @param missing how many of its pods have yet to be created
 * @param pods by name
 * @param first about the first that waits, where one does
 */
public record OwnerReport(String owner, int missing, List<Member> pods, Optional<WhyReport> first) {
    public OwnerReport {
        pods = List.copyOf(pods);
    }

    /**
     * @param node where it is; empty if nowhere
     */
    public record Member(String pod, Situation situation, String node) {
        boolean isPlaced() {
            return situation == Situation.PLACED;
        }

        boolean isWaiting() {
            return switch (situation) {
                case GATED, FOREIGN, NOMINATED, MUSTERING, PENDING, FITS -> true;
                case GONE, FINISHED, PLACED, LEAVING -> false;
            };
        }
    }

    List<Member> placed() {
        return pods.stream().filter(Member::isPlaced).toList();
    }

    List<Member> waiting() {
        return pods.stream().filter(Member::isWaiting).toList();
    }
}
