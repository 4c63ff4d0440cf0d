package dev.gantry.gateway.shell.flowcontrol;

import dev.gantry.gateway.shell.flowcontrol.RequestCounts.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * How the levels stand, for people who look for the reason of a 429.
 *
 * <p>Compat: {@code apf_controller_debug.go}; the queues and requests one by one are not told.
 */
public final class FlowControlDump {
    private static final String PATH = "/debug/api_priority_and_fairness/dump_priority_levels";
    private static final List<String> HEAD =
            List.of(
                    "PriorityLevelName",
                    "ActiveQueues",
                    "IsIdle",
                    "IsQuiescing",
                    "WaitingRequests",
                    "ExecutingRequests",
                    "DispatchedRequests",
                    "RejectedRequests",
                    "TimedoutRequests",
                    "CancelledRequests");

    private final Limiter limiter;

    public FlowControlDump(Limiter limiter) {
        this.limiter = limiter;
    }

    /** Empty where the path is none of these. */
    public Optional<String> text(String path) {
        return path.equals(PATH) ? Optional.of(levels()) : Optional.empty();
    }

    private String levels() {
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        limiter.levels().forEach((name, level) -> rows.add(row(name, level.seats())));
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                boolean isLast = i == row.size() - 1;
                String cell = row.get(i) + (isLast ? "" : ",");
                text.append(cell).append(isLast ? "\n" : " ".repeat(width(i) - cell.length()));
            }
        }
        return text.toString();
    }

    /** As Go's tabwriter makes columns: no value is wider than its head, but for names. */
    private int width(int column) {
        int widest = HEAD.get(column).length();
        if (column == 0) {
            for (String name : limiter.levels().keySet()) {
                widest = Math.max(widest, name.length());
            }
        }
        return Math.max(8, widest + 2);
    }

    private List<String> row(String level, Seats seats) {
        long executing = sum(level, RequestCounts::executing);
        boolean isIdle = executing == 0 && seats.waiting() == 0;
        List<Object> cells =
                List.of(
                        level,
                        seats.busyQueues(),
                        isIdle,
                        false,
                        seats.waiting(),
                        executing,
                        sum(level, RequestCounts::dispatched),
                        sum(level, counts -> counts.rejected(Rejection.QUEUE_FULL))
                                + sum(
                                        level,
                                        counts -> counts.rejected(Rejection.CONCURRENCY_LIMIT)),
                        sum(level, counts -> counts.rejected(Rejection.TIME_OUT)),
                        0);
        return cells.stream().map(String::valueOf).toList();
    }

    private long sum(String level, ToLongFunction<RequestCounts> value) {
        return limiter.classes().stream()
                .filter(each -> each.level().name().equals(level))
                .mapToLong(each -> value.applyAsLong(each.counts()))
                .sum();
    }
}
