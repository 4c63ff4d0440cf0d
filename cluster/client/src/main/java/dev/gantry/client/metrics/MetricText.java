package dev.gantry.client.metrics;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The lines of Prometheus' text format. */
public final class MetricText {
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** Go prints numbers with smaller or greater powers of ten by these. */
    private static final int LEAST_POWER = -4;

    private static final int MOST_POWER = 5;

    private MetricText() {}

    /**
     * What comes before the series of a name.
     *
     * @param type {@code counter}, {@code gauge} or {@code histogram}
     */
    public static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /**
     * @param labels without brackets; may be empty
     */
    public static void sample(StringBuilder text, String name, String labels, long value) {
        series(text, name, labels).append(value).append('\n');
    }

    /**
     * @param labels without brackets; may be empty
     */
    public static void sample(StringBuilder text, String name, String labels, double value) {
        series(text, name, labels).append(number(value)).append('\n');
    }

    /** Of a value that was measured at a moment. */
    public static void sample(
            StringBuilder text, String name, String labels, String number, Instant at) {
        series(text, name, labels).append(number).append(' ');
        text.append(at.toEpochMilli()).append('\n');
    }

    private static StringBuilder series(StringBuilder text, String name, String labels) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        return text.append(' ');
    }

    /** In the order of the names, without brackets. */
    public static String labels(List<String> names, List<String> values) {
        List<String> each = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            each.add(label(names.get(i), values.get(i)));
        }
        return String.join(",", each);
    }

    public static String label(String name, String value) {
        String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return name + "=\"" + escaped + "\"";
    }

    /** Compat: as Go prints it, since bounds of histograms are compared as texts. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int power = digits.precision() - 1 - digits.scale();
        if (power >= LEAST_POWER && power <= MOST_POWER) {
            return digits.toPlainString();
        }
        return "%se%s%02d"
                .formatted(
                        digits.movePointLeft(power).toPlainString(),
                        power < 0 ? "-" : "+",
                        Math.abs(power));
    }
}
