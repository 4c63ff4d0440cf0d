package dev.gantry.cli.plan;

import dev.gantry.cli.plan.PlanReport.Load;
import dev.gantry.cli.plan.PlanReport.Usage;
import java.util.ArrayList;
import java.util.List;

/** How full nodes are, before and after, as a table. */
final class LoadTable {
    private LoadTable() {}

    /**
     * @param most rows; where there are more nodes, those that change come first
     */
    static List<String> lines(List<Load> nodes, int most) {
        List<Load> changed = nodes.stream().filter(LoadTable::isChanged).toList();
        if (changed.isEmpty()) {
            return List.of("On no node anything would change.");
        }
        List<Load> candidates = nodes.size() > most ? changed : nodes;
        List<Load> shown = candidates.subList(0, Math.min(most, candidates.size()));
        int longest = shown.stream().mapToInt(each -> each.node().length()).max().orElse(0);
        int width = Math.max("node".length(), longest);
        List<String> lines = new ArrayList<>();
        lines.add(row(width, "node", "cpu", "memory", "pods"));
        for (Load each : shown) {
            lines.add(
                    row(
                            width,
                            each.node(),
                            change(each, cpu(each, each.before()), cpu(each, each.after())),
                            change(each, memory(each, each.before()), memory(each, each.after())),
                            change(each, each.before().pods(), each.after().pods())));
        }
        int moreChanged = candidates.size() - shown.size();
        if (moreChanged > 0) {
            lines.add("and %d more that change (-v lists them)".formatted(moreChanged));
        }
        int same = nodes.size() - candidates.size();
        if (same > 0) {
            lines.add("and %d nodes on which nothing would change".formatted(same));
        }
        return lines;
    }

    private static String row(int width, String node, String cpu, String memory, String pods) {
        return "%s  %-14s  %-14s  %s".formatted(PlanText.padded(node, width), cpu, memory, pods);
    }

    private static boolean isChanged(Load load) {
        return load.isNew() || !load.before().equals(load.after());
    }

    private static String change(Load load, Object before, Object after) {
        return load.isNew() ? "new → " + after : before + " → " + after;
    }

    private static String cpu(Load load, Usage usage) {
        return percent(usage.milliCpu(), load.milliCpu());
    }

    private static String memory(Load load, Usage usage) {
        return percent(usage.memory(), load.memory());
    }

    private static String percent(long used, long allocatable) {
        return allocatable == 0 ? "-" : Math.round(100.0 * used / allocatable) + "%";
    }
}
