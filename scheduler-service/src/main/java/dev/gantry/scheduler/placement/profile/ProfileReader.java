package dev.gantry.scheduler.placement.profile;

import dev.gantry.scheduler.placement.profile.Profile.Strategy;
import dev.gantry.scheduler.plugin.interpodaffinity.InterPodAffinityScore;
import dev.gantry.scheduler.plugin.noderesources.RequestedToCapacityRatio.Point;
import dev.gantry.scheduler.plugin.podtopologyspread.DefaultConstraints;
import dev.gantry.scheduler.plugin.podtopologyspread.DefaultConstraints.Template;
import dev.gantry.scheduler.snapshot.pod.NodeAffinityTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads one profile from its properties. Whatever is not given is as the strategy has it.
 *
 * <pre>
 * strategy: packing | spreading | ratio
 * weights.NodeAffinity: 5
 * shape: 0=0,70=10,100=2                                (ratio: percent in use = worth, 0 to 10)
 * resources: cpu=2,memory=1,nvidia.com/gpu=5
 * balanced-resources: cpu,memory,nvidia.com/gpu
 * default-spread: none | system | topology.kubernetes.io/zone=5,kubernetes.io/hostname=3=required
 * hard-pod-affinity-weight: 10
 * ignore-preferred-terms-of-existing-pods: true | false
 * ignored-resources: example.com/foo,example.org        (a resource, or all of a domain)
 * bind-timeout-seconds: 600
 * added-affinity: {"requiredDuringSchedulingIgnoredDuringExecution": ...}
 * siblings-penalty: 0
 * </pre>
 */
final class ProfileReader {
    private static final int MOST_WEIGHT = 100;
    private static final int SHAPE_SCALE = 10;
    private static final int DAY = 86_400;

    private final String name;
    private final SortedMap<String, String> properties;

    ProfileReader(String name, SortedMap<String, String> properties) {
        this.name = name;
        this.properties = properties;
    }

    /**
     * @throws IllegalArgumentException that says which property is wrong and what was expected
     */
    ProfileSettings read() {
        ProfileSettings usual = ProfileSettings.of(strategy());
        return new ProfileSettings(
                usual.strategy(),
                weights(),
                properties.containsKey("shape") ? shape() : usual.shape(),
                properties.containsKey("resources") ? resources() : usual.resources(),
                properties.containsKey("balanced-resources") ? balanced() : usual.balanced(),
                properties.containsKey("default-spread") ? spread() : usual.defaultSpread(),
                neighbours(usual.neighbours()),
                addedAffinity(),
                number("siblings-penalty", usual.siblingsPenalty(), 10_000),
                ignoredResources(),
                Duration.ofSeconds(
                        number("bind-timeout-seconds", (int) usual.patience().toSeconds(), DAY)));
    }

    private Strategy strategy() {
        return switch (properties.getOrDefault("strategy", "packing")) {
            case "packing" -> Strategy.PACKING;
            case "spreading" -> Strategy.SPREADING;
            case "ratio" -> Strategy.RATIO;
            default -> throw wrong("strategy", "packing, spreading or ratio");
        };
    }

    private SortedMap<String, Integer> weights() {
        SortedMap<String, Integer> found = new TreeMap<>(ProfileSettings.DEFAULT_WEIGHTS);
        for (String key : properties.keySet()) {
            boolean isWeight = key.startsWith("weights.");
            String rule = isWeight ? key.substring("weights.".length()) : "";
            if (isWeight && !found.containsKey(rule)) {
                throw new IllegalArgumentException(
                        "profile %s: there is no score %s; there are %s"
                                .formatted(name, rule, String.join(", ", found.keySet())));
            }
            if (isWeight) {
                found.put(rule, number(key, 0, MOST_WEIGHT));
            } else if (!KNOWN.contains(key)) {
                throw new IllegalArgumentException(
                        "profile %s has no property %s; it has weights.* and %s"
                                .formatted(name, key, String.join(", ", KNOWN)));
            }
        }
        return found;
    }

    private static final List<String> KNOWN =
            List.of(
                    "strategy",
                    "shape",
                    "resources",
                    "balanced-resources",
                    "default-spread",
                    "hard-pod-affinity-weight",
                    "added-affinity",
                    "siblings-penalty",
                    "ignore-preferred-terms-of-existing-pods",
                    "ignored-resources",
                    "bind-timeout-seconds");

    private InterPodAffinityScore neighbours(InterPodAffinityScore usual) {
        String property = "ignore-preferred-terms-of-existing-pods";
        boolean ignores =
                switch (properties.getOrDefault(property, "false")) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw wrong(property, "true or false");
                };
        int weight = number("hard-pod-affinity-weight", usual.hardWeight(), MOST_WEIGHT);
        return new InterPodAffinityScore(weight, ignores);
    }

    private SortedSet<String> ignoredResources() {
        String property = "ignored-resources";
        SortedSet<String> found = names(property);
        if (found.stream().anyMatch(each -> each.indexOf('.') < 0)) {
            throw wrong(property, "extended resources, or their domains");
        }
        return found;
    }

    private SortedSet<String> names(String property) {
        SortedSet<String> found = new TreeSet<>();
        for (String each : List.of(properties.getOrDefault(property, "").split(",", -1))) {
            found.add(each.trim());
        }
        found.remove("");
        return found;
    }

    private List<Point> shape() {
        List<Point> points = new ArrayList<>();
        for (String[] each : pairs("shape", 2, 2)) {
            int percent = parsed("shape", each[0], 100);
            int worth = parsed("shape", each[1], SHAPE_SCALE);
            if (!points.isEmpty() && percent <= points.getLast().percent()) {
                throw wrong("shape", "rising percentages");
            }
            points.add(new Point(percent, worth * SHAPE_SCALE));
        }
        return List.copyOf(points);
    }

    private SortedMap<String, Integer> resources() {
        SortedMap<String, Integer> found = new TreeMap<>();
        for (String[] each : pairs("resources", 2, 2)) {
            found.put(each[0], Math.max(1, parsed("resources", each[1], MOST_WEIGHT)));
        }
        return found;
    }

    /** Compat: NodeResourcesBalancedAllocationArgs, whose weights must all be the same. */
    private SortedSet<String> balanced() {
        SortedSet<String> found = names("balanced-resources");
        if (found.isEmpty()) {
            throw wrong("balanced-resources", "a list such as cpu,memory");
        }
        return found;
    }

    private DefaultConstraints spread() {
        String text = properties.getOrDefault("default-spread", "");
        if (text.equals("none")) {
            return DefaultConstraints.NONE;
        }
        if (text.equals("system")) {
            return DefaultConstraints.SYSTEM;
        }
        List<Template> templates = new ArrayList<>();
        for (String[] each : pairs("default-spread", 2, 3)) {
            boolean isRequired = each.length == 3;
            if (isRequired && !each[2].equals("required")) {
                throw wrong("default-spread", "none, system, or KEY=SKEW or KEY=SKEW=required");
            }
            int skew = parsed("default-spread", each[1], 1_000);
            templates.add(new Template(each[0], Math.max(1, skew), isRequired));
        }
        return new DefaultConstraints(templates, false);
    }

    private NodeAffinityTerms addedAffinity() {
        String text = properties.get("added-affinity");
        if (text == null) {
            return NodeAffinityTerms.NONE;
        }
        try {
            return NodeAffinityTerms.ofAffinity(JsonMapper.shared().readTree(text));
        } catch (JacksonException malformed) {
            throw wrong("added-affinity", "a NodeAffinity as JSON");
        }
    }

    private List<String[]> pairs(String property, int least, int most) {
        List<String[]> found = new ArrayList<>();
        for (String each : List.of(properties.getOrDefault(property, "").split(",", -1))) {
            String[] parts = each.trim().split("=", -1);
            if (parts.length < least || parts.length > most || parts[0].isEmpty()) {
                throw wrong(property, "a list such as a=1,b=2");
            }
            found.add(parts);
        }
        return found;
    }

    private int number(String property, int otherwise, int most) {
        String text = properties.get(property);
        return text == null ? otherwise : parsed(property, text, most);
    }

    private int parsed(String property, String text, int most) {
        try {
            int number = Integer.parseInt(text.trim());
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw wrong(property, "a whole number from 0 to " + most);
        }
        throw wrong(property, "a whole number from 0 to " + most);
    }

    private IllegalArgumentException wrong(String property, String expected) {
        return new IllegalArgumentException(
                "profile %s: %s is '%s', expected %s"
                        .formatted(name, property, properties.get(property), expected));
    }

    /**
     * Splits {@code web.strategy} into profile and property. What a name may be made of is what a
     * key of a ConfigMap may, since {@link PublishedProfiles} writes it into one.
     */
    static SortedMap<String, SortedMap<String, String>> byProfile(Map<String, String> properties) {
        SortedMap<String, SortedMap<String, String>> found = new TreeMap<>();
        properties.forEach(
                (key, value) -> {
                    int dot = key.indexOf('.');
                    if (dot <= 0 || !key.matches("[-._a-zA-Z0-9]+")) {
                        throw new IllegalArgumentException(
                                "'%s' names no property of a profile; expected NAME.PROPERTY of letters, digits, '-', '_' and '.'"
                                        .formatted(key));
                    }
                    found.computeIfAbsent(key.substring(0, dot), _ -> new TreeMap<>())
                            .put(key.substring(dot + 1), value);
                });
        return found;
    }
}
