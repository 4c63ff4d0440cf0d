package dev.gantry.cli.remedy;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Remedies where the pod and other pods are in each other's way, or too far apart. */
final class Neighbourhood {
    private static final String SPREAD = "PodTopologySpread";
    private static final String AFFINITY = "InterPodAffinity";
    private static final int MOST_SKEW = 1 << 20;

    /** Cost: of so many, each is tried. */
    private static final int MANY = 200;

    private static final int DOMAINS = 5;

    private Neighbourhood() {}

    /**
     * One rule is enough if one alone rejects; else all that are required must become preferences.
     */
    static List<List<Remedy>> forSpread(Case each) {
        List<List<Remedy>> found = new ArrayList<>();
        List<Remedy> all = new ArrayList<>();
        JsonNode rules = each.pod().spec().path("topologySpreadConstraints");
        for (int i = 0; i < rules.size(); i++) {
            JsonNode rule = rules.get(i);
            if (Resource.text(rule, "whenUnsatisfiable").equals("ScheduleAnyway")) {
                continue;
            }
            all.add(relaxed(rule, i, 0));
            relax(each, rule, i).ifPresent(remedy -> found.add(List.of(remedy)));
            labelled(each, rule).ifPresent(remedy -> found.add(List.of(remedy)));
        }
        if (found.isEmpty() && !all.isEmpty() && each.silences(SPREAD, all)) {
            found.add(all);
        }
        return found;
    }

    /** The smallest skew that lets the pod in; or no rule at all, if the node is in no domain. */
    private static Optional<Remedy> relax(Case each, JsonNode rule, int index) {
        if (!each.silences(SPREAD, List.of(relaxed(rule, index, MOST_SKEW)))) {
            Remedy preference = relaxed(rule, index, 0);
            return each.silences(SPREAD, List.of(preference))
                    ? Optional.of(preference)
                    : Optional.empty();
        }
        long enough =
                Bisection.least(
                        rule.path("maxSkew").asInt(1),
                        MOST_SKEW,
                        skew -> each.silences(SPREAD, List.of(relaxed(rule, index, (int) skew))));
        return Optional.of(relaxed(rule, index, (int) enough));
    }

    /** A domain for a node that is in none: one of the others', or one of its own. */
    private static Optional<Remedy> labelled(Case each, JsonNode rule) {
        String key = Resource.text(rule, "topologyKey");
        if (NodeMatch.IDENTITY.contains(key) || each.nodeObject().labels().containsKey(key)) {
            return Optional.empty();
        }
        Stream<String> theirs =
                each.whatIf().all(Kinds.NODE).stream()
                        .flatMap(node -> Optional.ofNullable(node.labels().get(key)).stream())
                        .distinct()
                        .sorted()
                        .limit(DOMAINS);
        return Stream.concat(theirs, Stream.of(""))
                .<Remedy>map(value -> new NodeRemedy.SetLabel(each.node(), key, value))
                .filter(remedy -> each.silences(SPREAD, List.of(remedy)))
                .findFirst();
    }

    private static Remedy relaxed(JsonNode rule, int index, int skew) {
        return new PodRemedy.RelaxSpread(
                index, Resource.text(rule, "topologyKey"), rule.path("maxSkew").asInt(1), skew);
    }

    static List<List<Remedy>> forAffinity(Case each) {
        List<List<Remedy>> found = new ArrayList<>();
        List<Remedy> all = new ArrayList<>();
        for (String side : List.of("podAffinity", "podAntiAffinity")) {
            JsonNode terms = Terms.required(each.pod().spec(), side);
            // From the last one on, so that an index stays right while others are dropped.
            for (int i = terms.size() - 1; i >= 0; i--) {
                var dropped = new PodRemedy.DropTerm(side, i, Terms.preference(side, terms.get(i)));
                all.add(dropped);
                if (each.silences(AFFINITY, List.of(dropped))) {
                    found.add(List.of(dropped));
                }
            }
        }
        if (found.isEmpty() && !all.isEmpty() && each.silences(AFFINITY, all)) {
            found.add(all);
        }
        for (JsonNode term : Terms.required(each.pod().spec(), "podAffinity")) {
            companion(each, term)
                    .filter(remedy -> each.silences(AFFINITY, List.of(remedy)))
                    .ifPresent(remedy -> found.add(List.of(remedy)));
        }
        List<Resource> apart = AntiAffinityConflicts.from(each);
        if (apart.size() <= MANY) {
            VictimChoice.among(each, AFFINITY, "that must be apart from it", apart)
                    .ifPresent(remedy -> found.add(List.of(remedy)));
        }
        return found;
    }

    private static Optional<Remedy> companion(Case each, JsonNode term) {
        JsonNode namespaces = term.path("namespaces");
        String namespace =
                namespaces.isEmpty() ? each.pod().namespace() : namespaces.path(0).asString("");
        return Terms.labels(term.path("labelSelector"))
                .map(
                        labels ->
                                new NodeRemedy.Companion(
                                        each.node(),
                                        namespace,
                                        labels,
                                        Terms.selector(term.path("labelSelector"))));
    }
}
