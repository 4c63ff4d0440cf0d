package dev.gantry.state.admission.match;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.LabelSelector;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.view.View;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Which requests are meant. Compat: {@code ShouldCallHook} of generic webhooks, and {@code
 * matching.Matcher} of policies.
 *
 * @param excluded what is not meant although {@code rules} say so
 * @param isEquivalent whether a rule for one version of a resource stands for all of them
 */
public record Matching(
        List<ResourceRule> rules,
        List<ResourceRule> excluded,
        boolean isEquivalent,
        LabelSelector namespaces,
        LabelSelector objects) {
    /** Of a webhook, with {@code rules}, or of a policy, with {@code resourceRules}. */
    public static Matching of(JsonNode tree) {
        JsonNode rules = tree.has("rules") ? tree.path("rules") : tree.path("resourceRules");
        return new Matching(
                ResourceRule.listOf(rules),
                ResourceRule.listOf(tree.path("excludeResourceRules")),
                !Resource.text(tree, "matchPolicy").equals("Exact"),
                LabelSelector.of(tree.path("namespaceSelector")),
                LabelSelector.of(tree.path("objectSelector")));
    }

    /** Of a binding: without rules, what its policy is about. */
    public static Matching ofBinding(JsonNode tree) {
        Matching found = of(tree);
        return found.rules.isEmpty()
                ? new Matching(
                        List.of(ResourceRule.EVERYTHING),
                        found.excluded,
                        found.isEquivalent,
                        found.namespaces,
                        found.objects)
                : found;
    }

    /** The version in which the request is meant. Empty where it is not. */
    public Optional<ServedVersion> match(AdmissionRequest request, View view) {
        Optional<ServedVersion> version =
                version(excluded, request).isPresent() ? Optional.empty() : version(rules, request);
        return version.isPresent() && selectsObject(request) && selectsNamespace(request, view)
                ? version
                : Optional.empty();
    }

    private Optional<ServedVersion> version(List<ResourceRule> of, AdmissionRequest request) {
        ServedVersion asked = request.subject().version();
        for (ResourceRule rule : of) {
            if (rule.covers(request, asked.kind())) {
                return Optional.of(asked);
            }
        }
        if (!isEquivalent) {
            return Optional.empty();
        }
        for (ResourceRule rule : of) {
            for (ServedVersion other : request.subject().definition().versions()) {
                if (rule.covers(request, other.kind())) {
                    return Optional.of(other);
                }
            }
        }
        return Optional.empty();
    }

    private boolean selectsObject(AdmissionRequest request) {
        return objects.isEverything()
                || (Requests.showsObject(request) && objects.selects(request.resource().labels()))
                || (Requests.showsStored(request)
                        && objects.selects(request.stored().orElseThrow().labels()));
    }

    private boolean selectsNamespace(AdmissionRequest request, View view) {
        if (namespaces.isEverything()) {
            return true;
        }
        if (Requests.writesNamespace(request)) {
            return namespaces.selects(request.resource().labels());
        }
        String namespace = Requests.namespaceOf(request);
        return namespace.isEmpty() || namespaces.selects(labelsOf(namespace, view));
    }

    private static Map<String, String> labelsOf(String namespace, View view) {
        SortedMap<String, String> none = new TreeMap<>();
        return view.get(new ObjectKey(Resources.NAMESPACES, "", namespace))
                .map(StoredObject::labels)
                .orElse(none);
    }
}
