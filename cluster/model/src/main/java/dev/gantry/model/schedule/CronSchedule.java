package dev.gantry.model.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A schedule as {@code cron} knows it: minute, hour, day of month, month, day of week.
 *
 * <p>Compat: {@code ParseStandard} of robfig/cron v3, messages included. Where both days are given,
 * one of them is enough; an hour that a clock change skips is not made up for, and one that it
 * repeats counts twice.
 */
public sealed interface CronSchedule {
    /** The first moment after {@code after}; empty where there is none in the next five years. */
    Optional<Instant> next(Instant after, ZoneId zone);

    static CronSchedule parse(String text) throws MalformedSchedule {
        return ScheduleText.parse(text);
    }

    /** Always the same time between. */
    record Every(Duration period) implements CronSchedule {
        @Override
        public Optional<Instant> next(Instant after, ZoneId zone) {
            return Optional.of(after.truncatedTo(ChronoUnit.SECONDS).plus(period));
        }
    }

    /** At the times on a clock and the days in a calendar that are in all the sets. */
    record Fields(
            CronField minute, CronField hour, CronField day, CronField month, CronField weekday)
            implements CronSchedule {
        private static final int YEARS = 5;
        private static final int DAYS_A_WEEK = 7;

        @Override
        public Optional<Instant> next(Instant after, ZoneId zone) {
            ZonedDateTime at = after.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
            int lastYear = at.getYear() + YEARS;
            while (at.getYear() <= lastYear) {
                if (!month.has(at.getMonthValue())) {
                    at = at.toLocalDate().withDayOfMonth(1).plusMonths(1).atStartOfDay(zone);
                } else if (!isDay(at)) {
                    at = at.toLocalDate().plusDays(1).atStartOfDay(zone);
                } else if (!hour.has(at.getHour())) {
                    at = at.truncatedTo(ChronoUnit.HOURS).plusHours(1);
                } else if (!minute.has(at.getMinute())) {
                    at = at.plusMinutes(1);
                } else {
                    return Optional.of(at.toInstant());
                }
            }
            return Optional.empty();
        }

        private boolean isDay(ZonedDateTime at) {
            boolean isDay = day.has(at.getDayOfMonth());
            boolean isWeekday = weekday.has(at.getDayOfWeek().getValue() % DAYS_A_WEEK);
            return day.isAny() || weekday.isAny() ? isDay && isWeekday : isDay || isWeekday;
        }
    }
}
