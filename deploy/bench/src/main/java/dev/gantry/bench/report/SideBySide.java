package dev.gantry.bench.report;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** The figures of one cluster, or those of two with the ratio of the first to the second. */
public final class SideBySide {
    private final List<String> names;
    private final List<Report> reports;

    /** One name to one report; a third and further ones would have no ratio. */
    public SideBySide(List<String> names, List<Report> reports) {
        this.names = names;
        this.reports = reports;
    }

    public void print(boolean asJson) {
        if (reports.size() == 1) {
            reports.getFirst().fact("cluster", names.getFirst()).print(asJson);
        } else {
            System.out.print(asJson ? json() + "\n" : table());
        }
    }

    /** Whether a figure is the same for all. */
    public boolean isEverywhere(String key, double value) {
        return reports.stream().allMatch(each -> each.value(key) == value);
    }

    String table() {
        Report first = reports.getFirst();
        var table = new StringBuilder(first.heading());
        char letter = 'A';
        for (String name : names) {
            table.append("  %s: %s\n".formatted(letter++, name));
        }
        table.append("  %-40s %10s %10s %-4s %6s\n".formatted("", "A", "B", "", "A/B"));
        for (Report.Row row : first.rows()) {
            table.append(
                    "  %-40s %10s %10s %-4s %6s\n"
                            .formatted(
                                    row.what(),
                                    figure(row.value()),
                                    figure(other(row)),
                                    row.unit(),
                                    figure(row.value() / other(row))));
        }
        return table.toString();
    }

    ObjectNode json() {
        Report first = reports.getFirst();
        ObjectNode json = first.facts().deepCopy();
        names.forEach(json.withArray("clusters")::add);
        for (Report.Row row : first.rows()) {
            ObjectNode figure = json.putObject(row.key());
            figure.put("a", Report.thousandths(row.value()));
            figure.put("b", Report.thousandths(other(row)));
            figure.put("ratio", Report.thousandths(row.value() / other(row)));
        }
        return json;
    }

    private double other(Report.Row row) {
        return reports.getLast().value(row.key());
    }

    private static String figure(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "-";
    }
}
