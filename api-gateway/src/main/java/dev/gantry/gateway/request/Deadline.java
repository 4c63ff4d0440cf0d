package dev.gantry.gateway.request;

import dev.gantry.model.request.Query;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a request may take.
 *
 * <p>Compat: {@code endpoints/filters/request_deadline.go}: sixty seconds, or less by the parameter
 * {@code timeout}, which is a duration as Go writes it.
 */
public final class Deadline {
    public static final Duration LONGEST = Duration.ofSeconds(60);

    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(h|ms|m|s|us|µs|ns)");

    private Deadline() {}

    /** Empty where {@code timeout} is malformed. */
    public static Optional<Duration> of(Query query) {
        String timeout = query.first("timeout");
        if (timeout.isEmpty()) {
            return Optional.of(LONGEST);
        }
        Optional<Duration> asked = parse(timeout);
        return asked.map(each -> each.isZero() || each.compareTo(LONGEST) > 0 ? LONGEST : each);
    }

    /**
     * How long a request that has taken some time already may wait for a seat.
     *
     * <p>Compat: {@code getRequestWaitContext}: a quarter of what it has left.
     */
    public static Duration longestWait(Query query, Duration taken) {
        Duration left = of(query).orElse(LONGEST).minus(taken).dividedBy(4);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** A duration as Go writes it; empty where it is none. */
    public static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher parts = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int at = 0;
        while (parts.lookingAt()) {
            double nanos = Double.parseDouble(parts.group(1)) * unitNanos(parts.group(2));
            sum = sum.plusNanos((long) Math.min(nanos, Long.MAX_VALUE / 4.0));
            at = parts.end();
            parts.region(at, text.length());
        }
        return at > 0 && at == text.length() ? Optional.of(sum) : Optional.empty();
    }

    private static double unitNanos(String unit) {
        return switch (unit) {
            case "h" -> 3_600e9;
            case "m" -> 60e9;
            case "s" -> 1e9;
            case "ms" -> 1e6;
            case "ns" -> 1;
            default -> 1e3;
        };
    }
}
