package dev.gantry.bench.scenario;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What controllers are given to do. */
public enum Scenario {
    JOBS(1_000, "Jobs of one pod, from creation to complete", PodScenarios::jobs),
    REPLICAS(5_000, "replicas of a new Deployment bound", PodScenarios::replicas),
    UPDATE(1_000, "replicas of a Deployment updated", PodScenarios::update),
    NAMESPACE(10_000, "objects gone with their namespace", ObjectScenarios::namespace),
    GARBAGE(10_000, "dependents gone with their owner", ObjectScenarios::garbage),
    /** Its size is that of Services, each with {@link #ENDPOINTS_EACH} pods. */
    ENDPOINTS(5_000, "changes of one endpoint each, one by one", ObjectScenarios::endpoints);

    /** How many pods each Service of {@link #ENDPOINTS} has. */
    static final int ENDPOINTS_EACH = 10;

    /** How many changes {@link #ENDPOINTS} makes. */
    static final int CHANGES = 200;

    private final int size;
    private final String done;
    private final Play play;

    /** Carries a scenario out, and returns how many seconds that took which count. */
    private interface Play {
        double seconds(Ground ground, int size) throws IOException, InterruptedException;
    }

    Scenario(int size, String done, Play play) {
        this.size = size;
        this.done = done;
        this.play = play;
    }

    /** Those that are named; {@code all} names all. */
    public static List<Scenario> named(List<String> names) {
        if (names.contains("all")) {
            return List.of(values());
        }
        return names.stream().map(Scenario::named).toList();
    }

    private static Scenario named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.label().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no scenario '%s', but %s and all"
                                                .formatted(name, labels())));
    }

    static String labels() {
        return Arrays.stream(values()).map(Scenario::label).collect(Collectors.joining(", "));
    }

    /** As people type it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many objects there are, at least one. */
    int size(int percent) {
        return Math.max(1, Math.toIntExact((long) size * percent / 100));
    }

    /** How much of what is counted there is at that size. */
    int count(int size) {
        return this == ENDPOINTS ? CHANGES : size;
    }

    /** What is counted. */
    String done() {
        return done;
    }

    double seconds(Ground ground, int size) throws IOException, InterruptedException {
        return play.seconds(ground, size);
    }
}
