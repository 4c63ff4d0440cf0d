package dev.gantry.state.admission.plugin;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sentences on what is asked for beyond one entry of a LimitRange; none where all is in bounds.
 *
 * <p>Compat: the sentences and the order min, max, ratio are upstream's; among resources the order
 * is that of their names, where upstream's is chance.
 */
final class LimitBounds {
    private LimitBounds() {}

    /** What is asked for, and up to what. */
    private record Asked(SortedMap<String, Quantity> requests, SortedMap<String, Quantity> limits) {
        Optional<Quantity> request(String name) {
            return Optional.ofNullable(requests.get(name));
        }

        Optional<Quantity> limit(String name) {
            return Optional.ofNullable(limits.get(name));
        }
    }

    /** One bound of one resource; {@code type} is what it holds for. */
    private record Bound(String type, String resource, Quantity amount) {
        String sentence(String extreme) {
            return "%s %s usage per %s is %s".formatted(extreme, resource, type, amount);
        }
    }

    static List<String> brokenByPod(JsonNode limit, JsonNode spec) {
        List<String> broken = new ArrayList<>();
        switch (Resource.text(limit, "type")) {
            case "Container" -> {
                for (String list : List.of("containers", "initContainers")) {
                    spec.path(list).forEach(each -> check(limit, container(each), broken));
                }
            }
            case "Pod" -> check(limit, wholePod(spec), broken);
            default -> {
                // Bounds of other types are no matter of pods.
            }
        }
        return broken;
    }

    /** Compat: of a claim, only what it requests is held to bounds. */
    static List<String> brokenByClaim(JsonNode limit, JsonNode spec) {
        List<String> broken = new ArrayList<>();
        if (Resource.text(limit, "type").equals("PersistentVolumeClaim")) {
            var requests = PodResources.amounts(spec.path("resources").path("requests"));
            for (Bound each : bounds(limit, "min")) {
                min(each, new Asked(requests, requests)).ifPresent(broken::add);
            }
            for (Bound each : bounds(limit, "max")) {
                maxRequest(each, Optional.ofNullable(requests.get(each.resource())))
                        .ifPresent(broken::add);
            }
        }
        return broken;
    }

    private static Asked container(JsonNode container) {
        JsonNode resources = container.path("resources");
        return new Asked(
                PodResources.amounts(resources.path("requests")),
                PodResources.amounts(resources.path("limits")));
    }

    /** Compat: overhead does not count. */
    private static Asked wholePod(JsonNode spec) {
        ObjectNode bare = spec.deepCopy().asObject();
        bare.remove("overhead");
        return new Asked(PodResources.requests(bare), PodResources.limits(bare));
    }

    private static List<Bound> bounds(JsonNode limit, String field) {
        String type = Resource.text(limit, "type");
        List<Bound> found = new ArrayList<>();
        PodResources.amounts(limit.path(field))
                .forEach((name, amount) -> found.add(new Bound(type, name, amount)));
        return found;
    }

    private static void check(JsonNode limit, Asked asked, List<String> broken) {
        bounds(limit, "min").forEach(each -> min(each, asked).ifPresent(broken::add));
        bounds(limit, "max").forEach(each -> max(each, asked).ifPresent(broken::add));
        bounds(limit, "maxLimitRequestRatio")
                .forEach(each -> ratio(each, asked).ifPresent(broken::add));
    }

    private static Optional<String> min(Bound least, Asked asked) {
        Optional<Quantity> request = asked.request(least.resource());
        String sentence = least.sentence("minimum");
        if (request.isEmpty()) {
            return Optional.of(sentence + ".  No request is specified");
        }
        if (request.get().compareTo(least.amount()) < 0) {
            return Optional.of(sentence + ", but request is " + request.get());
        }
        return asked.limit(least.resource())
                .filter(limit -> limit.compareTo(least.amount()) < 0)
                .map(limit -> sentence + ", but limit is " + limit);
    }

    private static Optional<String> max(Bound most, Asked asked) {
        Optional<Quantity> limit = asked.limit(most.resource());
        String sentence = most.sentence("maximum");
        if (limit.isEmpty()) {
            return Optional.of(sentence + ".  No limit is specified");
        }
        if (limit.get().compareTo(most.amount()) > 0) {
            return Optional.of(sentence + ", but limit is " + limit.get());
        }
        return asked.request(most.resource())
                .filter(request -> request.compareTo(most.amount()) > 0)
                .map(request -> sentence + ", but request is " + request);
    }

    private static Optional<String> maxRequest(Bound most, Optional<Quantity> request) {
        String sentence = most.sentence("maximum");
        if (request.isEmpty()) {
            return Optional.of(sentence + ".  No request is specified");
        }
        return request.filter(found -> found.compareTo(most.amount()) > 0)
                .map(found -> sentence + ", but request is " + found);
    }

    private static Optional<String> ratio(Bound most, Asked asked) {
        Quantity request = asked.request(most.resource()).orElse(Quantity.ZERO);
        Quantity limit = asked.limit(most.resource()).orElse(Quantity.ZERO);
        String sentence =
                "%s max limit to request ratio per %s is %s"
                        .formatted(most.resource(), most.type(), most.amount());
        if (request.signum() == 0) {
            return Optional.of(sentence + ", but no request is specified or request is 0");
        }
        if (limit.signum() == 0) {
            return Optional.of(sentence + ", but no limit is specified or limit is 0");
        }
        BigDecimal found = limit.value().divide(request.value(), MathContext.DECIMAL64);
        return found.compareTo(most.amount().value()) > 0
                ? Optional.of(
                        String.format(Locale.ROOT, "%s, but provided ratio is %f", sentence, found))
                : Optional.empty();
    }
}
