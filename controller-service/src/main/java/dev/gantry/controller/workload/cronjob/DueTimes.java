package dev.gantry.controller.workload.cronjob;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.schedule.CronSchedule;
import dev.gantry.model.schedule.MalformedSchedule;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The last time that a CronJob was due since it ran, and the next one.
 *
 * <p>Compat: {@code mostRecentScheduleTime}. Times that were missed are not made up for but the
 * last, and none before the starting deadline is looked for.
 *
 * @param missed how many times it was due, counted up to {@link #MANY}
 */
record DueTimes(Optional<Instant> last, Optional<Instant> next, int missed) {
    static final int MANY = 100;

    static DueTimes of(Resource cron, Instant now) throws MalformedSchedule {
        CronSchedule schedule = CronSchedule.parse(Resource.text(cron.spec(), "schedule"));
        ZoneId zone = zone(cron);
        Instant from =
                Resource.instant(cron.status().path("lastScheduleTime"))
                        .or(cron::creationTime)
                        .orElse(now);
        JsonNode deadline = cron.spec().path("startingDeadlineSeconds");
        if (deadline.isNumber()) {
            Instant earliest = now.minusSeconds(deadline.asLong());
            from = earliest.isAfter(from) ? earliest : from;
        }
        Optional<Instant> last = Optional.empty();
        int missed = 0;
        Optional<Instant> due = schedule.next(from, zone);
        while (due.isPresent() && !due.get().isAfter(now)) {
            last = due;
            missed++;
            // Cost: after a long pause only what is recent is walked through.
            Instant start = missed < MANY ? due.get() : recent(schedule, zone, due.get(), now);
            due = schedule.next(start, zone);
        }
        return new DueTimes(last, due, missed);
    }

    /** A moment shortly before the last time that it was due before {@code now}. */
    private static Instant recent(CronSchedule schedule, ZoneId zone, Instant from, Instant now) {
        for (long seconds = 60; seconds > 0; seconds *= 2) {
            Instant start = now.minusSeconds(seconds);
            if (!start.isAfter(from)) {
                return from;
            }
            boolean isDueSince =
                    schedule.next(start, zone).filter(at -> !at.isAfter(now)).isPresent();
            if (isDueSince) {
                return start;
            }
        }
        return from;
    }

    /** Compat: without a zone, that of the controllers, which is UTC here. */
    static ZoneId zone(Resource cron) {
        String name = Resource.text(cron.spec(), "timeZone");
        return name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
    }

    /** The zone that it names, where nobody here knows it: time zones come and go with software. */
    static Optional<String> unknownZone(Resource cron) {
        try {
            ZoneId _ = zone(cron);
            return Optional.empty();
        } catch (DateTimeException unknown) {
            return Optional.of(Resource.text(cron.spec(), "timeZone"));
        }
    }
}
