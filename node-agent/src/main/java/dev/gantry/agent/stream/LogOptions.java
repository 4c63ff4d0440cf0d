package dev.gantry.agent.stream;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which part of a log is wanted, and how.
 *
 * @param stream empty for both
 */
public record LogOptions(
        boolean follows,
        boolean wantsPrevious,
        boolean showsTimes,
        OptionalLong tailLines,
        OptionalLong limitBytes,
        Optional<Instant> since,
        String stream) {

    /** Throws IllegalArgumentException with words for the client. */
    public static LogOptions of(RequestHead request, Instant now) {
        Optional<Instant> since = Optional.empty();
        OptionalLong seconds = number(request, "sinceSeconds");
        if (seconds.isPresent()) {
            since = Optional.of(now.minusSeconds(seconds.getAsLong()));
        }
        Optional<String> time = request.parameter("sinceTime");
        if (time.isPresent()) {
            since = Optional.of(instant(time.get()));
        }
        String stream = request.parameter("stream").orElse("All");
        return new LogOptions(
                request.isSet("follow"),
                request.isSet("previous"),
                request.isSet("timestamps"),
                number(request, "tailLines"),
                number(request, "limitBytes"),
                since,
                stream.equals("All") ? "" : stream.toLowerCase(java.util.Locale.ROOT));
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException notATime) {
            throw new IllegalArgumentException("sinceTime is no RFC 3339 time: " + text, notATime);
        }
    }

    private static OptionalLong number(RequestHead request, String name) {
        Optional<String> text = request.parameter(name).filter(each -> !each.isEmpty());
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long value = Long.parseLong(text.get());
            if (value >= 0) {
                return OptionalLong.of(value);
            }
            throw new IllegalArgumentException(name + " must not be negative: " + value);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(name + " is no number: " + text.get(), notANumber);
        }
    }
}
