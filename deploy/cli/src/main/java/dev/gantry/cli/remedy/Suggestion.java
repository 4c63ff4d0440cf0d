package dev.gantry.cli.remedy;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What would make the pod fit.
 *
 * @param node one that it would then fit on
 * @param others further nodes that it would also fit on, where no node is changed
 */
public record Suggestion(String node, List<String> others, List<Remedy> remedies) {
    private static final int NAMED = 2;

    public Suggestion {
        others = List.copyOf(others);
        remedies = List.copyOf(remedies);
    }

    public String text() {
        return "fits on "
                + node
                + also()
                + " if "
                + remedies.stream().map(Remedy::text).collect(Collectors.joining(" and "));
    }

    private String also() {
        if (others.isEmpty()) {
            return "";
        }
        boolean areAll = others.size() - 1 <= NAMED;
        List<String> named = areAll ? others : others.subList(0, NAMED);
        int unnamed = others.size() - named.size();
        return unnamed == 0
                ? ", " + String.join(", ", named)
                : ", " + String.join(", ", named) + " and " + unnamed + " more";
    }

    double weight() {
        double sum = 0;
        for (Remedy each : remedies) {
            sum += each.weight();
        }
        return sum + 20 * (remedies.size() - 1);
    }
}
