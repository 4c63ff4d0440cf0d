package dev.gantry.scheduler.rebalance;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What may be moved, and how fast.
 *
 * @param goals none where nothing is to be moved
 * @param movesPerMinute how many pods are evicted within any minute
 * @param mostAtOnce how many evicted pods may be without a successor that has a node
 * @param settle how long pods, workloads and nodes must have been as they are
 */
public record RebalanceSettings(
        SortedSet<Goal> goals, int movesPerMinute, int mostAtOnce, Duration settle) {
    public static final String MODE = "mode";
    public static final String MOVES_PER_MINUTE = "moves-per-minute";
    public static final String MOST_AT_ONCE = "most-at-once";
    public static final String SETTLE_SECONDS = "settle-seconds";

    /** All that can be set, below {@link #PREFIX}. */
    public static final List<String> KEYS =
            List.of(MODE, MOVES_PER_MINUTE, MOST_AT_ONCE, SETTLE_SECONDS);

    public static final String PREFIX = "gantry.scheduler.rebalance.";
    private static final String OFF = "off";
    private static final String BOTH = "both";

    public RebalanceSettings {
        goals = Collections.unmodifiableSortedSet(new TreeSet<>(goals));
    }

    /**
     * @param properties what is set of {@link #KEYS}
     * @throws IllegalArgumentException that says what is wrong
     */
    public static RebalanceSettings of(Map<String, String> properties) {
        return new RebalanceSettings(
                new TreeSet<>(goals(properties.getOrDefault(MODE, OFF))),
                number(properties, MOVES_PER_MINUTE, "6", 600),
                number(properties, MOST_AT_ONCE, "3", 600),
                Duration.ofSeconds(number(properties, SETTLE_SECONDS, "300", 86_400)));
    }

    public boolean isOff() {
        return goals.isEmpty();
    }

    private static Set<Goal> goals(String mode) {
        if (mode.equals(OFF)) {
            return EnumSet.noneOf(Goal.class);
        }
        if (mode.equals(BOTH)) {
            return EnumSet.allOf(Goal.class);
        }
        return Arrays.stream(Goal.values())
                .filter(each -> each.text().equals(mode))
                .findFirst()
                .map(Set::of)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "%s%s is '%s': expected off, empty-nodes, restore-spread or both"
                                                .formatted(PREFIX, MODE, mode)));
    }

    private static int number(
            Map<String, String> properties, String key, String otherwise, int most) {
        String text = properties.getOrDefault(key, otherwise);
        int number = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > most) {
            throw new IllegalArgumentException(
                    "%s%s is '%s': expected a whole number from 1 to %d"
                            .formatted(PREFIX, key, text, most));
        }
        return number;
    }
}
