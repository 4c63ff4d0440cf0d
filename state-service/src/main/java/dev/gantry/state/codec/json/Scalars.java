package dev.gantry.state.codec.json;

import dev.gantry.model.quantity.Quantity;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Texts that hold more than text, brought into the form in which Kubernetes writes them. */
public final class Scalars {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final Pattern QUANTITY =
            Pattern.compile("([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)");
    private static final Pattern QUANTITY_WITH_ANY_SUFFIX = Pattern.compile("[+-]?[0-9.]+.*");

    private static final String MICROS_LAYOUT = "2006-01-02T15:04:05.000000Z07:00";
    private static final Pattern SECONDS =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d");
    private static final int SECONDS_LENGTH = "2006-01-02T15:04:05".length();
    private static final Pattern FRACTION = Pattern.compile("\\.\\d{6}");
    private static final int FRACTION_LENGTH = ".000000".length();
    private static final Pattern ZONE = Pattern.compile("Z|[+-]\\d\\d:\\d\\d");

    private Scalars() {}

    /** A text in its canonical form, or what is wrong with it. */
    public sealed interface Reading {
        record Canonical(String text) implements Reading {}

        record Wrong(String why) implements Reading {}
    }

    /** Invariant: equal numbers are equal nodes, whoever made them: the smallest that fits. */
    public static JsonNode whole(long value) {
        return value == (int) value
                ? JsonNodeFactory.instance.numberNode((int) value)
                : JsonNodeFactory.instance.numberNode(value);
    }

    /** Compat: the canonical form is stored, so that {@code 1000m} reads back as {@code 1}. */
    public static Reading quantity(String text) {
        if (text.isEmpty()) {
            return new Reading.Canonical("0");
        }
        Optional<Quantity> parsed = Quantity.parse(text.strip());
        if (parsed.isPresent()) {
            return new Reading.Canonical(parsed.get().toString());
        }
        boolean isSuffixWrong =
                QUANTITY_WITH_ANY_SUFFIX.matcher(text).matches()
                        && Character.isDigit(text.charAt(text.startsWith("-") ? 1 : 0));
        return new Reading.Wrong(
                isSuffixWrong && !QUANTITY.matcher(text).matches()
                        ? "unable to parse quantity's suffix"
                        : "quantities must match the regular expression"
                                + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    }

    /** Whole seconds in UTC. */
    public static Reading time(String text) {
        if (isCanonicalTime(text)) {
            return new Reading.Canonical(text);
        }
        try {
            var instant = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS);
            return new Reading.Canonical(instant.toString());
        } catch (DateTimeException notATime) {
            return new Reading.Wrong(badTime(text, "2006-01-02T15:04:05Z07:00"));
        }
    }

    /** Microseconds in UTC, always six digits. Compat: no other number of digits is read. */
    public static Reading microTime(String text) {
        Optional<Reading> unlike = unlikeMicros(text);
        if (unlike.isPresent()) {
            return unlike.get();
        }
        try {
            var time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
            return new Reading.Canonical(MICROS.format(time));
        } catch (DateTimeException notATime) {
            return new Reading.Wrong(badTime(text, MICROS_LAYOUT));
        }
    }

    /** What is wrong behind the seconds, if it is that. */
    private static Optional<Reading> unlikeMicros(String text) {
        if (!SECONDS.matcher(text).lookingAt()) {
            return Optional.empty();
        }
        String rest = text.substring(SECONDS_LENGTH);
        if (!FRACTION.matcher(rest).lookingAt()) {
            return Optional.of(unlike(text, rest, ".000000"));
        }
        String zone = rest.substring(FRACTION_LENGTH);
        return ZONE.matcher(zone).matches()
                ? Optional.empty()
                : Optional.of(unlike(text, zone, "Z07:00"));
    }

    private static Reading unlike(String text, String part, String expected) {
        return new Reading.Wrong(
                "parsing time %s as \"%s\": cannot parse %s as \"%s\""
                        .formatted(quoted(text), MICROS_LAYOUT, quoted(part), expected));
    }

    public static Reading base64(String text) {
        String bare = text.replace("\n", "").replace("\r", "");
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            boolean isDigit =
                    c >= 'A' && c <= 'Z'
                            || c >= 'a' && c <= 'z'
                            || c >= '0' && c <= '9'
                            || c == '+'
                            || c == '/';
            if (!isDigit && !(c == '=' && i >= bare.length() - 2)) {
                return new Reading.Wrong("illegal base64 data at input byte " + i);
            }
        }
        try {
            Base64.getDecoder().decode(bare);
            return bare.length() % 4 == 0
                    ? new Reading.Canonical(bare)
                    : new Reading.Wrong("illegal base64 data at input byte " + bare.length());
        } catch (IllegalArgumentException odd) {
            int rest = bare.length() - bare.length() % 4;
            return new Reading.Wrong("illegal base64 data at input byte " + rest);
        }
    }

    /** Cost: nearly all times are written by ourselves, and parsing one costs a microsecond. */
    private static boolean isCanonicalTime(String text) {
        if (text.length() != 20 || text.charAt(19) != 'Z') {
            return false;
        }
        String shape = "0000-00-00T00:00:00Z";
        for (int i = 0; i < 19; i++) {
            char c = text.charAt(i);
            boolean fits = shape.charAt(i) == '0' ? c >= '0' && c <= '9' : c == shape.charAt(i);
            if (!fits) {
                return false;
            }
        }
        return text.charAt(5) <= '1' && text.charAt(8) <= '2' && text.charAt(11) <= '1';
    }

    private static String badTime(String text, String layout) {
        return "parsing time %s as \"%s\": cannot parse %s as \"2006\""
                .formatted(quoted(text), layout, quoted(text));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\\\"") + '"';
    }
}
