package dev.gantry.gateway.shell.flowcontrol;

import java.util.Map;
import java.util.Optional;

/**
 * How the levels stand, for people who look for the reason of a 429.
 *
 * <p>Compat: {@code apf_controller_debug.go}; the queues and requests one by one are not told.
 */
public final class FlowControlDump {
    private static final String PATH = "/debug/api_priority_and_fairness/dump_priority_levels";
    private static final String ROW = "%s, %s, %s, %s, %s, %s\n";

    private final Limiter limiter;

    public FlowControlDump(Limiter limiter) {
        this.limiter = limiter;
    }

    /** Empty where the path is none of these. */
    public Optional<String> text(String path) {
        return path.equals(PATH) ? Optional.of(levels()) : Optional.empty();
    }

    private String levels() {
        StringBuilder text = new StringBuilder();
        text.append(
                ROW.formatted(
                        "PriorityLevelName",
                        "ActiveQueues",
                        "IsIdle",
                        "IsQuiescing",
                        "WaitingRequests",
                        "ExecutingRequests"));
        for (Map.Entry<String, Limiter.LevelState> each : limiter.levels().entrySet()) {
            Seats seats = each.getValue().seats();
            long executing =
                    limiter.classes().stream()
                            .filter(known -> known.level().name().equals(each.getKey()))
                            .mapToLong(known -> known.counts().executing())
                            .sum();
            boolean isIdle = executing == 0 && seats.waiting() == 0;
            text.append(
                    ROW.formatted(
                            each.getKey(),
                            seats.busyQueues(),
                            isIdle,
                            false,
                            seats.waiting(),
                            executing));
        }
        return text.toString();
    }
}
