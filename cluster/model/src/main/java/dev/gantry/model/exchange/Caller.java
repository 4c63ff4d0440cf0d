package dev.gantry.model.exchange;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who asks, as authentication established it. */
public record Caller(
        String user, String uid, List<String> groups, SortedMap<String, List<String>> extra) {
    /** A component of the control plane itself, acting without a request from outside. */
    public static Caller system(String component) {
        return new Caller(
                "system:" + component,
                "",
                List.of("system:masters", "system:authenticated"),
                new TreeMap<>());
    }

    public boolean isIn(String group) {
        return groups.contains(group);
    }
}
