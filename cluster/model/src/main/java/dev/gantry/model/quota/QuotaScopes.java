package dev.gantry.model.quota;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.QosClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Which objects a quota counts: those that all of its scopes match.
 *
 * <p>Compat: {@code podMatchesScopeFunc} and {@code pvcMatchesScopeFunc}; other objects have no
 * scopes, so a quota with one does not count them.
 */
public final class QuotaScopes {
    private QuotaScopes() {}

    public static boolean count(JsonNode quotaSpec, GroupResource resource, Resource object) {
        for (JsonNode scope : quotaSpec.path("scopes")) {
            if (!matches(new Term(scope.asString(""), "Exists", List.of()), resource, object)) {
                return false;
            }
        }
        for (JsonNode term : quotaSpec.at("/scopeSelector/matchExpressions")) {
            if (!matches(Term.of(term), resource, object)) {
                return false;
            }
        }
        return true;
    }

    /** A requirement of a selector of scopes. */
    private record Term(String scope, String operator, List<String> values) {
        static Term of(JsonNode term) {
            List<String> values = new ArrayList<>();
            term.path("values").forEach(each -> values.add(each.asString("")));
            return new Term(
                    Resource.text(term, "scopeName"), Resource.text(term, "operator"), values);
        }

        /** Compat: as a label selector asks for a label; nothing there is not in any list. */
        boolean admits(Optional<String> value) {
            return switch (operator) {
                case "In" -> value.filter(values::contains).isPresent();
                case "NotIn" -> value.filter(values::contains).isEmpty();
                case "Exists" -> value.isPresent();
                case "DoesNotExist" -> value.isEmpty();
                default -> false;
            };
        }
    }

    private static boolean matches(Term term, GroupResource resource, Resource object) {
        if (resource.equals(Resources.PODS)) {
            return ofPod(term, object.spec());
        }
        return resource.equals(Resources.PERSISTENT_VOLUME_CLAIMS)
                && term.scope().equals("VolumeAttributesClass")
                && term.admits(text(object.spec(), "volumeAttributesClassName"));
    }

    private static boolean ofPod(Term term, JsonNode spec) {
        boolean isTerminating = spec.path("activeDeadlineSeconds").asLong(-1) >= 0;
        return switch (term.scope()) {
            case "Terminating" -> isTerminating;
            case "NotTerminating" -> !isTerminating;
            case "BestEffort" -> QosClass.of(spec) == QosClass.BEST_EFFORT;
            case "NotBestEffort" -> QosClass.of(spec) != QosClass.BEST_EFFORT;
            case "PriorityClass" -> term.admits(text(spec, "priorityClassName"));
            case "CrossNamespacePodAffinity" -> reachesOut(spec.path("affinity"));
            default -> false;
        };
    }

    private static Optional<String> text(JsonNode spec, String field) {
        return Optional.of(Resource.text(spec, field)).filter(each -> !each.isEmpty());
    }

    /** Whether it asks for, or shuns, pods of other namespaces. */
    private static boolean reachesOut(JsonNode affinity) {
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            JsonNode rules = affinity.path(kind);
            for (JsonNode term : rules.path("requiredDuringSchedulingIgnoredDuringExecution")) {
                if (namesNamespaces(term)) {
                    return true;
                }
            }
            for (JsonNode weighted :
                    rules.path("preferredDuringSchedulingIgnoredDuringExecution")) {
                if (namesNamespaces(weighted.path("podAffinityTerm"))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean namesNamespaces(JsonNode term) {
        return !term.path("namespaces").isEmpty() || term.path("namespaceSelector").isObject();
    }
}
