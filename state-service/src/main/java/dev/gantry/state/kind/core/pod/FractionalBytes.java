package dev.gantry.state.kind.core.pod;

import dev.gantry.model.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Warns of amounts of bytes that are not whole, which nobody means: {@code 100m} of memory. */
public final class FractionalBytes {
    private FractionalBytes() {}

    /** Of both sides of {@code ResourceRequirements}, resource by resource. */
    static List<String> ofContainer(JsonNode resources, String path) {
        List<String> found = new ArrayList<>();
        for (String name : List.of("memory", "ephemeral-storage")) {
            found.addAll(of(resources.path("limits"), name, path + ".limits"));
            found.addAll(of(resources.path("requests"), name, path + ".requests"));
        }
        return found;
    }

    /** Of the storage that a claim asks for. */
    public static List<String> ofClaim(JsonNode spec, String path) {
        List<String> found = new ArrayList<>();
        JsonNode resources = spec.path("resources");
        found.addAll(of(resources.path("requests"), "storage", path + ".resources.requests"));
        found.addAll(of(resources.path("limits"), "storage", path + ".resources.limits"));
        return found;
    }

    static List<String> of(JsonNode amounts, String name, String path) {
        String text = amounts.path(name).asString("");
        return Quantity.parse(text)
                .filter(each -> each.value().stripTrailingZeros().scale() > 0)
                .map(
                        each ->
                                "%s[%s]: fractional byte value \"%s\" is invalid, must be an integer"
                                        .formatted(path, name, each))
                .map(List::of)
                .orElse(List.of());
    }
}
