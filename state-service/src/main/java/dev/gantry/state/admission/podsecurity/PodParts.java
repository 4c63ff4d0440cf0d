package dev.gantry.state.admission.podsecurity;

import static dev.gantry.model.meta.Resource.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * A pod, or the template of pods, as checks look at it.
 *
 * @param metadata of the pod
 */
public record PodParts(JsonNode metadata, JsonNode spec) {
    /** The first version whose standards know them. */
    static final int USER_NAMESPACES = 35;

    private static final List<String> CONTAINERS =
            List.of("initContainers", "containers", "ephemeralContainers");

    /** Of a pod or a template: what has {@code metadata} and {@code spec}. */
    public static PodParts of(JsonNode template) {
        return new PodParts(template.path("metadata"), template.path("spec"));
    }

    JsonNode securityContext() {
        return spec.path("securityContext");
    }

    List<JsonNode> containers() {
        List<JsonNode> all = new ArrayList<>();
        CONTAINERS.forEach(each -> spec.path(each).forEach(all::add));
        return all;
    }

    /** The names of the containers that are such. */
    List<String> containersThat(Predicate<JsonNode> are) {
        return containers().stream().filter(are).map(each -> text(each, "name")).toList();
    }

    boolean isForWindows() {
        return text(spec.path("os"), "name").equals("windows");
    }

    /** In a user namespace of its own root inside is nobody outside. */
    Optional<Violation> unlessMapped(Check.Test test) {
        return spec.path("hostUsers").asBoolean(true) ? test.of(this) : Optional.empty();
    }

    /** {@code containers "a", "b"} */
    static String named(List<String> names) {
        return plural("container", names.size()) + " " + quoted(names);
    }

    static String plural(String noun, int count) {
        return count == 1 ? noun : noun + "s";
    }

    /** {@code pod and containers "a", "b"}: what sets something wrong. */
    static String setters(boolean isPod, List<String> containers) {
        List<String> all = new ArrayList<>();
        if (isPod) {
            all.add("pod");
        }
        if (!containers.isEmpty()) {
            all.add(named(containers));
        }
        return String.join(" and ", all);
    }

    static String quoted(Collection<String> texts) {
        return String.join(", ", texts.stream().map(each -> '"' + each + '"').toList());
    }

    static SortedSet<String> sorted() {
        return new TreeSet<>();
    }
}
