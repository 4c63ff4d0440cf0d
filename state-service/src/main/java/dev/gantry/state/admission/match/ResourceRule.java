package dev.gantry.state.admission.match;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Resources;
import dev.gantry.state.admission.AdmissionRequest;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Operations on resources. Compat: {@code rules.Matcher}; {@code *} stands for any.
 *
 * @param resources {@code pods}, {@code pods/status}, with either part {@code *}
 * @param scope {@code Cluster}, {@code Namespaced} or {@code *}
 * @param names of objects; empty for all
 */
record ResourceRule(
        List<String> operations,
        List<String> groups,
        List<String> versions,
        List<String> resources,
        String scope,
        List<String> names) {
    private static final String ANY = "*";
    static final ResourceRule EVERYTHING =
            new ResourceRule(
                    List.of(ANY), List.of(ANY), List.of(ANY), List.of("*/*"), ANY, List.of());

    static List<ResourceRule> listOf(JsonNode rules) {
        List<ResourceRule> found = new ArrayList<>();
        for (JsonNode each : rules) {
            found.add(
                    new ResourceRule(
                            texts(each.path("operations")),
                            texts(each.path("apiGroups")),
                            texts(each.path("apiVersions")),
                            texts(each.path("resources")),
                            text(each, "scope"),
                            texts(each.path("resourceNames"))));
        }
        return List.copyOf(found);
    }

    /**
     * @param as one of the versions in which the resource is served
     */
    boolean covers(AdmissionRequest request, Kind as) {
        return hasOrAny(operations, request.operation().name())
                && hasOrAny(groups, as.group())
                && hasOrAny(versions, as.version())
                && coversScope(request)
                && coversResource(as.plural(), request.subresource())
                && (names.isEmpty() || names.contains(Requests.nameOf(request)));
    }

    private boolean coversScope(AdmissionRequest request) {
        boolean isOfCluster =
                request.kind().resource().equals(Resources.NAMESPACES)
                        || Requests.namespaceOf(request).isEmpty();
        return switch (scope) {
            case "Namespaced" -> !isOfCluster;
            case "Cluster" -> isOfCluster;
            default -> true;
        };
    }

    private boolean coversResource(String plural, String subresource) {
        for (String each : resources) {
            int slash = each.indexOf('/');
            String resource = slash < 0 ? each : each.substring(0, slash);
            String part = slash < 0 ? "" : each.substring(slash + 1);
            if ((resource.equals(ANY) || resource.equals(plural))
                    && (part.equals(ANY) || part.equals(subresource))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasOrAny(List<String> wanted, String found) {
        return wanted.contains(ANY) || wanted.contains(found);
    }

    private static List<String> texts(JsonNode list) {
        List<String> found = new ArrayList<>();
        list.forEach(each -> found.add(each.asString("")));
        return List.copyOf(found);
    }
}
