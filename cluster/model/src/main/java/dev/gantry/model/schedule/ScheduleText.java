package dev.gantry.model.schedule;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads schedules: five fields, a word such as {@code @daily}, or {@code @every 90m}. */
final class ScheduleText {
    private static final int FIELDS = 5;
    private static final String EVERY = "@every ";

    private static final Map<String, String> WORDS =
            Map.of(
                    "@yearly", "0 0 1 1 *",
                    "@annually", "0 0 1 1 *",
                    "@monthly", "0 0 1 * *",
                    "@weekly", "0 0 * * 0",
                    "@daily", "0 0 * * *",
                    "@midnight", "0 0 * * *",
                    "@hourly", "0 * * * *");

    /** Compat: the units of Go's {@code time.ParseDuration}. */
    private static final Map<String, Long> NANOS =
            Map.of(
                    "ns", 1L,
                    "us", 1_000L,
                    "µs", 1_000L,
                    "ms", 1_000_000L,
                    "s", 1_000_000_000L,
                    "m", 60_000_000_000L,
                    "h", 3_600_000_000_000L);

    private static final Pattern AMOUNT =
            Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|ms|s|m|h)");

    private ScheduleText() {}

    static CronSchedule parse(String text) throws MalformedSchedule {
        if (text.isEmpty()) {
            throw new MalformedSchedule("empty spec string");
        }
        String rest = withoutZone(text);
        if (rest.startsWith("@")) {
            return word(rest);
        }
        return fields(rest);
    }

    /** A zone in the text says nothing about the times themselves. */
    private static String withoutZone(String text) throws MalformedSchedule {
        if (!text.startsWith("TZ=") && !text.startsWith("CRON_TZ=")) {
            return text;
        }
        int space = text.indexOf(' ');
        String zone = text.substring(text.indexOf('=') + 1, space < 0 ? text.length() : space);
        if (space < 0 || !TimeZoneNames.isKnown(zone)) {
            throw new MalformedSchedule(
                    "provided bad location %s: unknown time zone %s".formatted(zone, zone));
        }
        return text.substring(space).strip();
    }

    private static CronSchedule word(String text) throws MalformedSchedule {
        String fields = WORDS.get(text);
        if (fields != null) {
            return fields(fields);
        }
        if (text.startsWith(EVERY)) {
            return new CronSchedule.Every(period(text.substring(EVERY.length())));
        }
        throw new MalformedSchedule("unrecognized descriptor: " + text);
    }

    private static CronSchedule fields(String text) throws MalformedSchedule {
        String[] found = text.strip().split("\\s+");
        int count = text.isBlank() ? 0 : found.length;
        if (count != FIELDS) {
            throw new MalformedSchedule(
                    "expected exactly %d fields, found %d: [%s]"
                            .formatted(FIELDS, count, String.join(" ", found)));
        }
        return new CronSchedule.Fields(
                CronField.parse(found[0], CronField.MINUTES),
                CronField.parse(found[1], CronField.HOURS),
                CronField.parse(found[2], CronField.DAYS),
                CronField.parse(found[3], CronField.MONTHS),
                CronField.parse(found[4], CronField.WEEKDAYS));
    }

    private static String wrongAt(String rest) {
        String unit = rest.replaceFirst("^[0-9.]+", "");
        if (unit.equals(rest)) {
            return "invalid";
        }
        return unit.isEmpty() ? "missing unit in" : "unknown unit \"%s\" in".formatted(unit);
    }

    /** Compat: in whole seconds, and at least one. */
    private static Duration period(String text) throws MalformedSchedule {
        Matcher amounts = AMOUNT.matcher(text);
        long nanos = 0;
        int end = 0;
        while (end < text.length() && amounts.find(end) && amounts.start() == end) {
            long unit = NANOS.getOrDefault(amounts.group(2), 0L);
            nanos +=
                    new BigDecimal(amounts.group(1)).multiply(BigDecimal.valueOf(unit)).longValue();
            end = amounts.end();
        }
        if (end == 0 || end < text.length()) {
            throw new MalformedSchedule(
                    "failed to parse duration %s%s: time: %s duration \"%s\""
                            .formatted(EVERY, text, wrongAt(text.substring(end)), text));
        }
        return Duration.ofSeconds(Math.max(1, Duration.ofNanos(nanos).toSeconds()));
    }
}
