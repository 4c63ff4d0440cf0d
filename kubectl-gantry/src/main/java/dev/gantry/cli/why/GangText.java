package dev.gantry.cli.why;

import dev.gantry.cli.why.GangReport.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is said of a gang, as lines for people. */
final class GangText {
    private GangText() {}

    /**
     * @param named of how many pods the names are told
     */
    static List<String> lines(GangReport gang, int named) {
        List<String> lines = new ArrayList<>();
        lines.add(head(gang));
        if (gang.missing() > 0) {
            lines.add(
                    gang.missing() == 1
                            ? "1 pod has yet to be created"
                            : gang.missing() + " pods have yet to be created");
        }
        List<Member> fitting = gang.fitting();
        int waiting = gang.waiting().size();
        if (!fitting.isEmpty()) {
            lines.add(who(fitting.size(), waiting) + ": " + places(fitting, named));
        }
        if (!gang.stuck().isEmpty()) {
            List<Member> stuck =
                    gang.waiting().stream().filter(each -> each.node().isEmpty()).toList();
            String others = fitting.isEmpty() ? "" : " once the others have their places";
            lines.add(
                    "%s %s no place%s: %s"
                            .formatted(
                                    names(stuck, named),
                                    stuck.size() == 1 ? "finds" : "find",
                                    others,
                                    stuck.getFirst().why()));
        }
        return lines;
    }

    private static String head(GangReport gang) {
        int there = gang.members().size();
        return there > gang.size()
                ? "its gang %s has %d pods%s; at least %d of them are placed, or none"
                        .formatted(gang.name(), there, parts(gang), gang.size())
                : "its gang %s has %d of %d pods%s; they are placed all or none"
                        .formatted(gang.name(), there, gang.size(), parts(gang));
    }

    private static String who(int fitting, int waiting) {
        if (fitting < waiting) {
            return fitting == 1
                    ? "1 of the %d that wait would find a place".formatted(waiting)
                    : "%d of the %d that wait fit together".formatted(fitting, waiting);
        }
        return waiting == 1
                ? "the one that waits would find a place"
                : "all %d that wait fit together".formatted(waiting);
    }

    private static String parts(GangReport gang) {
        int waiting = gang.waiting().size();
        int placed = gang.members().size() - waiting;
        return placed == 0 ? "" : ": %d on nodes, %d waiting".formatted(placed, waiting);
    }

    private static String places(List<Member> members, int named) {
        return some(
                members.stream().map(each -> each.pod() + " on " + each.node()).toList(), named);
    }

    private static String names(List<Member> members, int named) {
        return some(members.stream().map(Member::pod).toList(), named);
    }

    static String some(List<String> all, int named) {
        int left = Math.max(0, all.size() - named);
        return all.stream().limit(named).collect(Collectors.joining(", "))
                + (left == 0 ? "" : " and " + left + " more");
    }
}
