package dev.gantry.bench.hostile;

import dev.gantry.bench.report.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What each attack cost: honest clients their time, the server its memory. */
final class Toll {
    /** The goals: so many times as slow as when all is quiet, and so much memory as before. */
    static final double MOST_TIMES = 3;

    static final double MOST_MEMORY = 1.25;

    private final List<Row> rows = new ArrayList<>();

    private record Row(String what, Notices noticed, double megabytes) {}

    Toll(Notices quiet, double megabytes) {
        rows.add(new Row("(quiet)", quiet, megabytes));
    }

    void add(String attack, Notices noticed, double megabytes) {
        rows.add(new Row(attack, noticed, megabytes));
    }

    /** When the last attack is over and some time has gone by. */
    void end(Notices noticed, double megabytes) {
        rows.add(new Row("(afterwards)", noticed, megabytes));
    }

    int failures() {
        return rows.stream().mapToInt(each -> each.noticed().failures().get()).sum();
    }

    /** How much memory it takes now, of what it took before; NaN where the server does not say. */
    double memoryKept() {
        return rows.getLast().megabytes() / rows.getFirst().megabytes();
    }

    String table(String cluster) {
        var table = new StringBuilder("\nbench hostile: " + cluster + "\n");
        table.append(
                "  %-24s %15s %15s %15s %7s %7s %7s\n"
                        .formatted(
                                "p50 / p99 in ms",
                                "get",
                                "create",
                                "anew",
                                "times",
                                "failed",
                                "MB"));
        rows.forEach(row -> table.append("  ").append(line(row)).append('\n'));
        return table.append(verdict()).toString();
    }

    ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode().put("benchmark", "hostile");
        for (Row row : rows) {
            Notices noticed = row.noticed();
            json.withArray("attacks")
                    .addObject()
                    .put("attack", row.what())
                    .put("getP99Ms", noticed.gets().percentile(99))
                    .put("createP99Ms", noticed.creates().percentile(99))
                    .put("newcomerP99Ms", noticed.newcomers().percentile(99))
                    .put("times", times(row))
                    .put("failures", noticed.failures().get())
                    .put("megabytes", row.megabytes());
        }
        return json.put("memoryKept", memoryKept());
    }

    /** What was noticed last, as a line of the table. */
    String last() {
        return line(rows.getLast());
    }

    private String line(Row row) {
        return String.format(
                Locale.ROOT,
                "%-24s %15s %15s %15s %7.1f %7d %7.0f",
                row.what(),
                both(row.noticed().gets()),
                both(row.noticed().creates()),
                both(row.noticed().newcomers()),
                times(row),
                row.noticed().failures().get(),
                row.megabytes());
    }

    private String verdict() {
        List<String> slow =
                rows.stream().filter(each -> times(each) > MOST_TIMES).map(Row::what).toList();
        return String.format(
                Locale.ROOT,
                "  p99 at most %.0f times the quiet one: %s%n  memory afterwards: %.2f times that of"
                        + " before (goal: at most %.2f)%n",
                MOST_TIMES,
                slow.isEmpty() ? "held" : "not under " + String.join(", ", slow),
                memoryKept(),
                MOST_MEMORY);
    }

    private double times(Row row) {
        return row.noticed().ratio(rows.getFirst().noticed());
    }

    private static String both(Samples samples) {
        return String.format(
                Locale.ROOT, "%.1f / %.1f", samples.percentile(50), samples.percentile(99));
    }
}
