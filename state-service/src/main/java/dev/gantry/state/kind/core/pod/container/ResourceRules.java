package dev.gantry.state.kind.core.pod.container;

import dev.gantry.model.quantity.Quantity;
import dev.gantry.state.validation.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Requests and limits. Compat: {@code validateResourceRequirements}. */
public final class ResourceRules {
    private static final Set<String> COMPUTE = Set.of("cpu", "memory");
    private static final String ONLY_PAGES = "HugePages require cpu or memory";

    private ResourceRules() {}

    static void container(Field resources, PodContext context) {
        check(resources, ResourceNames::checkContainerName);
        ClaimRules.references(resources.child("claims"), context);
    }

    /** Compat: checked as if it were the limits of a container. */
    public static void overhead(Field overhead) {
        Field limits = overhead.at(overhead.path() + ".limits");
        if (sides(limits, overhead.child(""), ResourceNames::checkContainerName)) {
            overhead.forbidden(ONLY_PAGES);
        }
    }

    public static void check(Field resources, BiConsumer<Field, String> nameRule) {
        boolean onlyHugePages =
                sides(resources.child("limits"), resources.child("requests"), nameRule);
        if (onlyHugePages) {
            resources.forbidden(ONLY_PAGES);
        }
    }

    /** Whether huge pages are asked for and neither cpu nor memory is. */
    private static boolean sides(Field limits, Field requests, BiConsumer<Field, String> nameRule) {
        for (Map.Entry<String, Field> limit : limits.entries().entrySet()) {
            amount(limit.getValue(), limit.getKey(), nameRule);
        }
        for (Map.Entry<String, Field> request : requests.entries().entrySet()) {
            nameRule.accept(request.getValue(), request.getKey());
            ResourceNames.checkAmount(request.getValue(), request.getKey());
            atMostLimit(request.getKey(), requests, limits);
            wholePages(request.getValue(), request.getKey());
        }
        boolean hasPages = false;
        boolean hasCompute = false;
        for (Field side : List.of(limits, requests)) {
            for (String name : side.entries().keySet()) {
                hasPages |= ResourceNames.isHugePages(name);
                hasCompute |= COMPUTE.contains(name);
            }
        }
        return hasPages && !hasCompute;
    }

    private static void amount(Field amount, String name, BiConsumer<Field, String> nameRule) {
        nameRule.accept(amount, name);
        ResourceNames.checkAmount(amount, name);
        wholePages(amount, name);
    }

    /** Compat: reported at the requests as a whole, or at the limits where there is none. */
    private static void atMostLimit(String name, Field requests, Field limits) {
        Optional<Quantity> asked = requests.key(name).quantity();
        Optional<Quantity> limit = limits.key(name).quantity();
        boolean mayDiffer = ResourceNames.allowsOvercommit(name);
        if (asked.isEmpty() || limit.isEmpty()) {
            if (limit.isEmpty() && !mayDiffer) {
                limits.required("Limit must be set for non overcommitable resources");
            }
            return;
        }
        int order = asked.get().compareTo(limit.get());
        if (order != 0 && !mayDiffer) {
            requests.invalidText(
                    asked.get().toString(),
                    "must be equal to %s limit of %s".formatted(name, limit.get()));
        } else if (order > 0) {
            requests.invalidText(
                    asked.get().toString(),
                    "must be less than or equal to %s limit of %s".formatted(name, limit.get()));
        }
    }

    private static void wholePages(Field amount, String name) {
        if (!ResourceNames.isHugePages(name)) {
            return;
        }
        amount.quantity()
                .filter(found -> !ResourceNames.isWholePages(name, found))
                .ifPresent(
                        found ->
                                amount.invalidText(
                                        found.toString(),
                                        "%s is not positive integer multiple of %s"
                                                .formatted(found, name)));
    }
}
