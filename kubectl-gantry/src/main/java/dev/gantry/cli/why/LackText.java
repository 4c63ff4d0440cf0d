package dev.gantry.cli.why;

import dev.gantry.scheduler.snapshot.node.NodeOrder;
import java.util.ArrayList;
import java.util.List;

/** What nodes lack, as lines for people. */
final class LackText {
    /** One more name is as short as the word that it is left out. */
    private static final int SPELT_OUT = 4;

    private LackText() {}

    static List<String> lines(List<Lack> all, Detail detail) {
        List<String> lines = new ArrayList<>();
        List<Lack> shown = all.subList(0, Math.min(detail.groups(), all.size()));
        for (Lack each : shown) {
            lines.add("  " + nodes(each.nodes(), detail));
            each.reasons().forEach(reason -> lines.add("    " + reason));
        }
        int left = all.stream().skip(shown.size()).mapToInt(l -> l.nodes().size()).sum();
        if (left > 0) {
            lines.add("  and %d more nodes (-v shows all)".formatted(left));
        }
        return lines;
    }

    private static String nodes(List<String> names, Detail detail) {
        return names.size() <= SPELT_OUT
                ? String.join(", ", names)
                : "%d nodes: %s".formatted(names.size(), NodeOrder.fold(names, detail.letters()));
    }
}
