package dev.gantry.controller.policy.disruption;

import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * How many pods there shall be, and how many of them healthy.
 *
 * <p>Example: 10 replicas and {@code maxUnavailable: 25%}: 25 % of 10 is 2.5, rounded up 3, so 7
 * shall be healthy. Compat: both percentages round up.
 *
 * @param pods expected
 * @param healthy desired
 * @param unmanaged a pod that no owner scales where the owners' scales are needed; else empty
 */
record ExpectedPods(int pods, int healthy, Optional<String> unmanaged) {
    /** The number of pods cannot be known. */
    static final class Unknown extends Exception {
        private static final long serialVersionUID = 1L;

        Unknown(String message) {
            super(message);
        }
    }

    static ExpectedPods of(DisruptionView view) throws Unknown {
        JsonNode spec = view.budget().spec();
        JsonNode maximum = spec.path("maxUnavailable");
        if (isGiven(maximum)) {
            int pods = scaled(view);
            return new ExpectedPods(
                    pods, Math.max(0, pods - amount(maximum, pods)), unmanaged(view));
        }
        JsonNode minimum = spec.path("minAvailable");
        if (minimum.isNumber()) {
            return new ExpectedPods(view.pods().size(), minimum.asInt(), Optional.empty());
        }
        if (isGiven(minimum)) {
            int pods = scaled(view);
            return new ExpectedPods(pods, amount(minimum, pods), unmanaged(view));
        }
        return new ExpectedPods(0, 0, Optional.empty());
    }

    /** Each owner counts once, with what it wants and not with what it has. */
    private static int scaled(DisruptionView view) throws Unknown {
        TreeMap<Uid, Integer> owners = new TreeMap<>();
        for (Resource pod : view.pods()) {
            Optional<Owner> owner = pod.controller();
            if (owner.isEmpty()) {
                continue;
            }
            DisruptionView.Scale scale = view.scales().get(owner.get().uid());
            if (scale == null) {
                throw new Unknown("found no controllers for pod \"%s\"".formatted(pod.name()));
            }
            owners.put(scale.uid(), scale.replicas());
        }
        return owners.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Optional<String> unmanaged(DisruptionView view) {
        return view.pods().stream()
                .filter(pod -> pod.controller().isEmpty())
                .map(Resource::name)
                .findFirst();
    }

    private static int amount(JsonNode value, int of) throws Unknown {
        if (value.isNumber()) {
            return value.asInt();
        }
        String text = value.asString("");
        try {
            if (!text.endsWith("%")) {
                throw new NumberFormatException(text);
            }
            long percent = Long.parseLong(text.substring(0, text.length() - 1));
            return (int) Math.ceilDiv(percent * of, 100);
        } catch (NumberFormatException notAPercentage) {
            throw new Unknown(
                    "invalid value for IntOrString: invalid type: string is not a percentage");
        }
    }

    private static boolean isGiven(JsonNode value) {
        return value.isNumber() || value.isString();
    }
}
