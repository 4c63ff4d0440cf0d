package dev.gantry.model.schedule;

import java.time.ZoneId;

/** The names of time zones in the IANA database. */
public final class TimeZoneNames {
    private TimeZoneNames() {}

    /** Compat: case matters, and offsets such as {@code UTC+1} are no names. */
    public static boolean isKnown(String name) {
        return ZoneId.getAvailableZoneIds().contains(name);
    }
}
