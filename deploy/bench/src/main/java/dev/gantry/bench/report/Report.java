package dev.gantry.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The figures of one benchmark, for people or for machines. */
public final class Report {
    /** One figure: what, how much, in which unit; {@code key} names it in JSON. */
    private record Row(String key, String what, double value, String unit) {}

    private final String benchmark;
    private final List<Row> rows = new ArrayList<>();
    private final ObjectNode facts = JsonMapper.shared().createObjectNode();

    public Report(String benchmark) {
        this.benchmark = benchmark;
        facts.put("benchmark", benchmark);
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

    public void print(boolean asJson) {
        if (asJson) {
            rows.forEach(row -> facts.put(row.key(), Math.round(row.value() * 1000) / 1000.0));
            System.out.println(facts);
            return;
        }
        System.out.printf("%nbench %s%n", benchmark);
        facts.properties().stream()
                .filter(fact -> !fact.getKey().equals("benchmark"))
                .forEach(
                        fact ->
                                System.out.printf(
                                        "  %s: %s%n", fact.getKey(), fact.getValue().asString()));
        for (Row row : rows) {
            System.out.printf(
                    Locale.ROOT, "  %-44s %12.2f %s%n", row.what(), row.value(), row.unit());
        }
    }
}
