package dev.gantry.cli.why;

import java.util.List;

/**
 * How the gang stands of which a pod waits.
 *
 * @param size how many pods make it complete
 * @param members those that are there; first those that have a node
 * @param stuck the first that finds no place once the others have theirs; empty if all find one
 * @param lacks what nodes lack for that one then
 * @param changes after each of which all find a place
 */
public record GangReport(
        String name,
        int size,
        List<Member> members,
        String stuck,
        List<Lack> lacks,
        List<String> changes) {
    public GangReport {
        members = List.copyOf(members);
        changes = List.copyOf(changes);
    }

    /**
     * @param node where it is, or would go; empty if nowhere
     * @param why what the scheduler says of a pod that would go nowhere
     */
    public record Member(String pod, boolean isPlaced, String node, String why) {}

    GangReport lacking(String pod, List<Lack> found, List<String> helpful) {
        return new GangReport(name, size, members, pod, found, helpful);
    }

    int missing() {
        return Math.max(0, size - members.size());
    }

    List<Member> waiting() {
        return members.stream().filter(each -> !each.isPlaced()).toList();
    }

    List<Member> fitting() {
        return waiting().stream().filter(each -> !each.node().isEmpty()).toList();
    }

    /** Whether as many as it takes would find a place, and this pod with them. */
    boolean isReadyFor(String pod) {
        List<Member> fine = members.stream().filter(each -> !each.node().isEmpty()).toList();
        return fine.size() >= size && fine.stream().anyMatch(each -> each.pod().equals(pod));
    }
}
