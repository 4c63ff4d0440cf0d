package dev.gantry.agent.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;

/**
 * One entry of a container's log file: {@code 2024-05-01T10:00:00.123456789Z stdout F words}.
 *
 * @param time as written
 * @param isPartial whether the program's line goes on in the next entry
 */
public record LogLine(String time, String stream, boolean isPartial, byte[] message) {
    /** {@code entry} without its line feed. Empty where it is none: half of one, perhaps. */
    public static Optional<LogLine> parse(byte[] entry) {
        int first = space(entry, 0);
        int second = first < 0 ? -1 : space(entry, first + 1);
        int third = second < 0 ? -1 : space(entry, second + 1);
        if (third < 0) {
            return Optional.empty();
        }
        String stream = text(entry, first + 1, second);
        // Tags are separated by colons; the first is F for full or P for partial.
        String tags = text(entry, second + 1, third);
        boolean isPartial = tags.equals("P") || tags.startsWith("P:");
        byte[] message = Arrays.copyOfRange(entry, third + 1, entry.length);
        return Optional.of(new LogLine(text(entry, 0, first), stream, isPartial, message));
    }

    /** The epoch where the time is none. */
    public Instant instant() {
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException notATime) {
            return Instant.EPOCH;
        }
    }

    private static int space(byte[] entry, int from) {
        for (int i = from; i < entry.length; i++) {
            if (entry[i] == ' ') {
                return i;
            }
        }
        return -1;
    }

    private static String text(byte[] entry, int from, int to) {
        return new String(entry, from, to - from, US_ASCII);
    }
}
