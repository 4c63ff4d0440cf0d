package dev.gantry.cli.remedy;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What would make the pod fit.
 *
 * @param node one that it would then fit on
 * @param others further nodes that it would also fit on, where the pod alone is changed
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
        List<String> named = others.subList(0, Math.min(NAMED, others.size()));
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
