package dev.gantry.gateway.shell.flowcontrol;

import dev.gantry.gateway.shell.flowcontrol.Limiter.LevelState;
import dev.gantry.gateway.shell.flowcontrol.RequestCounts.Rejection;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What {@code /metrics} says of priority and fairness, in Prometheus' text format.
 *
 * <p>Compat: names and labels of {@code apiserver/pkg/util/flowcontrol/metrics}.
 */
public final class FlowControlMetrics {
    private static final String PREFIX = "apiserver_flowcontrol_";

    private final Limiter limiter;

    public FlowControlMetrics(Limiter limiter) {
        this.limiter = limiter;
    }

    public void append(StringBuilder text) {
        bySchema(text, "dispatched_requests_total", "counter", RequestCounts::dispatched);
        rejections(text);
        bySchema(text, "current_inqueue_requests", "gauge", RequestCounts::waiting);
        bySchema(text, "current_executing_requests", "gauge", RequestCounts::executing);
        bySchema(text, "current_executing_seats", "gauge", RequestCounts::seats);
        waits(text);
        byLevel(text, "nominal_limit_seats", state -> state.bounds().nominal());
        byLevel(text, "lower_limit_seats", state -> state.bounds().lower());
        byLevel(text, "upper_limit_seats", state -> state.bounds().upper());
        byLevel(text, "current_limit_seats", state -> state.seats().limit());
        byLevel(text, "demand_seats_high_watermark", state -> state.demand().highest());
        byLevel(text, "demand_seats_smoothed", state -> state.demand().smoothed());
        byLevel(text, "target_seats", state -> state.demand().target());
    }

    private void bySchema(
            StringBuilder text, String name, String type, ToLongFunction<RequestCounts> value) {
        head(text, name, type);
        for (RequestClass each : limiter.classes()) {
            text.append(PREFIX).append(name).append(labels(each)).append("} ");
            text.append(value.applyAsLong(each.counts())).append('\n');
        }
    }

    private void waits(StringBuilder text) {
        String name = "request_wait_duration_seconds";
        head(text, name, "histogram");
        for (RequestClass each : limiter.classes()) {
            each.counts().appendWaits(text, PREFIX + name, labels(each).substring(1));
        }
    }

    private void rejections(StringBuilder text) {
        String name = "rejected_requests_total";
        head(text, name, "counter");
        for (RequestClass each : limiter.classes()) {
            for (Rejection why : Rejection.values()) {
                long count = each.counts().rejected(why);
                if (count > 0) {
                    text.append(PREFIX).append(name).append(labels(each)).append(",reason=\"");
                    text.append(why.label()).append("\"} ").append(count).append('\n');
                }
            }
        }
    }

    private void byLevel(StringBuilder text, String name, ToDoubleFunction<LevelState> value) {
        head(text, name, "gauge");
        for (Map.Entry<String, LevelState> each : limiter.levels().entrySet()) {
            text.append(PREFIX).append(name).append("{priority_level=\"").append(each.getKey());
            text.append("\"} ").append(plain(value.applyAsDouble(each.getValue()))).append('\n');
        }
    }

    private static void head(StringBuilder text, String name, String type) {
        text.append("# TYPE ").append(PREFIX).append(name).append(' ').append(type).append('\n');
    }

    /** Without the closing bracket. Names of objects need no escapes. */
    private static String labels(RequestClass of) {
        return "{flow_schema=\"%s\",priority_level=\"%s\""
                .formatted(of.schema().name(), of.level().name());
    }

    /** As Go prints it: whole numbers without a fraction. */
    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
