package dev.gantry.cli.remedy;

import dev.gantry.scheduler.snapshot.node.NodeOrder;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What would make the pod fit.
 *
 * @param node one that it would then fit on
 * @param others further nodes that it would also fit on, where no node is changed
 */
public record Suggestion(String node, List<String> others, List<Remedy> remedies) {
    private static final int NAMED = 4;
    private static final int LETTERS = 60;

    public Suggestion {
        others = List.copyOf(others);
        remedies = List.copyOf(remedies);
    }

    public String text() {
        String changes = remedies.stream().map(Remedy::text).collect(Collectors.joining(" and "));
        return "fits on " + nodes() + " if " + changes;
    }

    private String nodes() {
        List<String> all = Stream.concat(Stream.of(node), others.stream()).toList();
        return all.size() <= NAMED ? String.join(", ", all) : NodeOrder.fold(all, LETTERS);
    }

    double weight() {
        double sum = 0;
        for (Remedy each : remedies) {
            sum += each.weight();
        }
        return sum + 20 * (remedies.size() - 1);
    }
}
