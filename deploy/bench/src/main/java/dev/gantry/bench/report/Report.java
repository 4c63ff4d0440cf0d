package dev.gantry.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The figures of one benchmark, for people or for machines. */
public final class Report {
    /** One figure: what, how much, in which unit; {@code key} names it in JSON. */
    record Row(String key, String what, double value, String unit) {}

    private final List<Row> rows = new ArrayList<>();
    private final ObjectNode facts = JsonMapper.shared().createObjectNode();

    public Report(String benchmark) {
        facts.put("benchmark", benchmark);
    }

    private Report(ObjectNode facts) {
        this.facts.setAll(facts);
    }

    /** Of several rounds: of each figure the median of those rounds that have it. */
    public static Report medians(List<Report> rounds) {
        Report medians = new Report(rounds.getFirst().facts);
        for (Row row : rounds.getFirst().rows) {
            List<Double> values =
                    rounds.stream()
                            .map(each -> each.value(row.key()))
                            .filter(each -> !each.isNaN())
                            .toList();
            double median = values.isEmpty() ? Double.NaN : Samples.median(values);
            medians.add(row.key(), row.what(), median, row.unit());
        }
        return medians;
    }

    public Report fact(String key, String value) {
        facts.put(key, value);
        return this;
    }

    public Report add(String key, String what, double value, String unit) {
        rows.add(new Row(key, what, value, unit));
        return this;
    }

    /** One of the figures; NaN where it was not added. */
    public double value(String key) {
        return rows.stream()
                .filter(row -> row.key().equals(key))
                .mapToDouble(Row::value)
                .findFirst()
                .orElse(Double.NaN);
    }

    List<Row> rows() {
        return rows;
    }

    ObjectNode facts() {
        return facts;
    }

    public void print(boolean asJson) {
        if (asJson) {
            ObjectNode object = facts.deepCopy();
            rows.forEach(row -> object.put(row.key(), thousandths(row.value())));
            System.out.println(object);
            return;
        }
        System.out.print(heading());
        for (Row row : rows) {
            System.out.printf(
                    Locale.ROOT, "  %-44s %12.2f %s%n", row.what(), row.value(), row.unit());
        }
    }

    /** Which benchmark it was, and under which circumstances. */
    String heading() {
        var heading = new StringBuilder("%nbench ".formatted());
        heading.append(facts.path("benchmark").asString()).append('\n');
        for (var fact : facts.properties()) {
            if (!fact.getKey().equals("benchmark")) {
                heading.append("  %s: %s%n".formatted(fact.getKey(), fact.getValue().asString()));
            }
        }
        return heading.toString();
    }

    static double thousandths(double value) {
        return Double.isNaN(value) ? value : Math.round(value * 1000) / 1000.0;
    }
}
