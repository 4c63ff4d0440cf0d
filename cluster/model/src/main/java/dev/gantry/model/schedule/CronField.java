package dev.gantry.model.schedule;

import java.util.List;
import java.util.Locale;

/**
 * The numbers that one field of a schedule allows, a bit for each.
 *
 * @param isAny whether it says {@code *}, so that it does not restrict the other kind of day
 */
record CronField(long bits, boolean isAny) {
    static final Range MINUTES = new Range(0, 59, List.of());
    static final Range HOURS = new Range(0, 23, List.of());
    static final Range DAYS = new Range(1, 31, List.of());
    static final Range MONTHS =
            new Range(
                    1,
                    12,
                    List.of(
                            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct",
                            "nov", "dec"));
    static final Range WEEKDAYS =
            new Range(0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

    /**
     * What numbers there can be.
     *
     * @param names of the numbers from the lowest on; empty where they have none
     */
    record Range(int lowest, int highest, List<String> names) {}

    boolean has(int number) {
        return (bits >> number & 1) == 1;
    }

    /** Parts between commas, each of them allowed. */
    static CronField parse(String text, Range range) throws MalformedSchedule {
        long bits = 0;
        boolean isAny = false;
        for (String part : text.split(",", -1)) {
            if (!part.isEmpty()) {
                CronField one = part(part, range);
                bits |= one.bits;
                isAny |= one.isAny;
            }
        }
        return new CronField(bits, isAny);
    }

    /** {@code *}, {@code 5}, {@code 5-10}, and each of them with a step: {@code 5/10}. */
    private static CronField part(String part, Range range) throws MalformedSchedule {
        String[] spanAndStep = part.split("/", -1);
        String[] ends = spanAndStep[0].split("-", -1);
        boolean isAny = ends[0].equals("*") || ends[0].equals("?");
        int start = isAny ? range.lowest : number(ends[0], range);
        int end = isAny ? range.highest : end(ends, start, part, range);
        int step = 1;
        if (spanAndStep.length == 2) {
            step = number(spanAndStep[1]);
            end = ends.length == 1 ? range.highest : end;
            isAny = isAny && step <= 1;
        } else if (spanAndStep.length > 2) {
            throw new MalformedSchedule("too many slashes: " + part);
        }
        check(start, end, step, part, range);
        long bits = 0;
        for (long each = start; each <= end; each += step) {
            bits |= 1L << each;
        }
        return new CronField(bits, isAny);
    }

    private static int end(String[] ends, int start, String part, Range range)
            throws MalformedSchedule {
        if (ends.length > 2) {
            throw new MalformedSchedule("too many hyphens: " + part);
        }
        return ends.length == 1 ? start : number(ends[1], range);
    }

    private static void check(int start, int end, int step, String part, Range range)
            throws MalformedSchedule {
        if (start < range.lowest) {
            throw new MalformedSchedule(
                    "beginning of range (%d) below minimum (%d): %s"
                            .formatted(start, range.lowest, part));
        }
        if (end > range.highest) {
            throw new MalformedSchedule(
                    "end of range (%d) above maximum (%d): %s".formatted(end, range.highest, part));
        }
        if (start > end) {
            throw new MalformedSchedule(
                    "beginning of range (%d) beyond end of range (%d): %s"
                            .formatted(start, end, part));
        }
        if (step == 0) {
            throw new MalformedSchedule("step of range should be a positive number: " + part);
        }
    }

    private static int number(String text, Range range) throws MalformedSchedule {
        int at = range.names.indexOf(text.toLowerCase(Locale.ROOT));
        return at >= 0 ? range.lowest + at : number(text);
    }

    private static int number(String text) throws MalformedSchedule {
        int number;
        try {
            number = Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new MalformedSchedule(
                    "failed to parse int from %s: strconv.Atoi: parsing \"%s\": invalid syntax"
                            .formatted(text, text));
        }
        if (number < 0) {
            throw new MalformedSchedule(
                    "negative number (%d) not allowed: %s".formatted(number, text));
        }
        return number;
    }
}
