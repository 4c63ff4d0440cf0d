package dev.gantry.state.kind.batch.cronjob;

import dev.gantry.model.schedule.CronSchedule;
import dev.gantry.model.schedule.MalformedSchedule;
import dev.gantry.model.schedule.TimeZoneNames;
import dev.gantry.state.kind.batch.job.JobRules;
import dev.gantry.state.validation.Field;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Compat: {@code validateCronJobSpec}. */
final class CronJobRules {
    private static final List<String> POLICIES = List.of("Allow", "Forbid", "Replace");
    private static final int LONGEST_NAME = 52;
    private static final String ZONE_IN_SCHEDULE = "TZ";
    private static final Pattern ZONE_PART = Pattern.compile("[A-Za-z._0-9+-]{1,14}");

    private CronJobRules() {}

    /** Its Jobs are called after it, with eleven characters more. */
    static void name(Field name) {
        if (name.text().length() > LONGEST_NAME) {
            name.invalid("must be no more than " + LONGEST_NAME + " characters");
        }
    }

    /**
     * @param before the spec until now; a missing node where there was none
     */
    static void spec(Field spec, JsonNode before) {
        Field schedule = spec.child("schedule");
        if (schedule.isEmpty()) {
            schedule.required("");
        } else {
            boolean mayNameZone = before.path("schedule").asString("").contains(ZONE_IN_SCHEDULE);
            schedule(schedule, mayNameZone, spec.has("timeZone"));
        }
        spec.child("startingDeadlineSeconds").nonNegative();
        Field zone = spec.child("timeZone");
        if (zone.isSet() && !zone.value().equals(before.path("timeZone"))) {
            zone(zone);
        }
        spec.child("concurrencyPolicy").oneOf(POLICIES);
        JobRules.template(spec.child("jobTemplate"));
        spec.child("successfulJobsHistoryLimit").nonNegative();
        spec.child("failedJobsHistoryLimit").nonNegative();
    }

    private static void schedule(Field schedule, boolean mayNameZone, boolean hasZone) {
        try {
            CronSchedule.parse(schedule.text());
        } catch (MalformedSchedule malformed) {
            schedule.invalid(malformed.why());
        }
        if (!schedule.text().contains(ZONE_IN_SCHEDULE)) {
            return;
        }
        if (!mayNameZone) {
            schedule.invalid("cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        } else if (hasZone) {
            schedule.invalid("cannot use both timeZone field and TZ or CRON_TZ in schedule");
        }
    }

    private static void zone(Field zone) {
        String name = zone.text();
        if (name.isEmpty()) {
            zone.invalid("timeZone must be nil or non-empty string");
            return;
        }
        for (String part : name.split("/", -1)) {
            boolean isPart =
                    !part.equals(".")
                            && !part.equals("..")
                            && !part.startsWith("-")
                            && ZONE_PART.matcher(part).matches();
            if (!isPart) {
                zone.invalid("unknown time zone " + name);
                return;
            }
        }
        if (name.equalsIgnoreCase("Local")) {
            zone.invalid(
                    "timeZone must be an explicit time zone as defined in"
                            + " https://www.iana.org/time-zones");
        }
        if (!name.equals("Local") && !TimeZoneNames.isKnown(name)) {
            zone.invalid("unknown time zone " + name);
        }
    }
}
