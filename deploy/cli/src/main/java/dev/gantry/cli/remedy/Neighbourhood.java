package dev.gantry.cli.remedy;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Remedies where the pod and other pods are in each other's way, or too far apart. */
final class Neighbourhood {
    private static final String SPREAD = "PodTopologySpread";
    private static final String AFFINITY = "InterPodAffinity";
    private static final int MOST_SKEW = 1 << 20;

    private Neighbourhood() {}

    /** One rule is enough if one alone objects; else all that are required must be wishes. */
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
        }
        if (found.isEmpty() && !all.isEmpty() && each.silences(SPREAD, all)) {
            found.add(all);
        }
        return found;
    }

    /** The smallest skew that lets the pod in; or no rule at all, if the node is in no domain. */
    private static Optional<Remedy> relax(Case each, JsonNode rule, int index) {
        if (!each.silences(SPREAD, List.of(relaxed(rule, index, MOST_SKEW)))) {
            Remedy wish = relaxed(rule, index, 0);
            return each.silences(SPREAD, List.of(wish)) ? Optional.of(wish) : Optional.empty();
        }
        int tooSmall = rule.path("maxSkew").asInt(1);
        int enough = MOST_SKEW;
        while (enough - tooSmall > 1) {
            int middle = (enough + tooSmall) / 2;
            if (each.silences(SPREAD, List.of(relaxed(rule, index, middle)))) {
                enough = middle;
            } else {
                tooSmall = middle;
            }
        }
        return Optional.of(relaxed(rule, index, enough));
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
                var dropped = new PodRemedy.DropTerm(side, i, Terms.wish(side, terms.get(i)));
                all.add(dropped);
                if (each.silences(AFFINITY, List.of(dropped))) {
                    found.add(List.of(dropped));
                }
            }
        }
        if (found.isEmpty() && !all.isEmpty() && each.silences(AFFINITY, all)) {
            found.add(all);
        }
        Leavers.among(
                        each,
                        AFFINITY,
                        "that must be apart from it",
                        Leavers.objectors(each.sandbox()))
                .ifPresent(remedy -> found.add(List.of(remedy)));
        if (found.isEmpty()) {
            Leavers.from(each, AFFINITY, "that it must be apart from")
                    .ifPresent(remedy -> found.add(List.of(remedy)));
        }
        return found;
    }
}
