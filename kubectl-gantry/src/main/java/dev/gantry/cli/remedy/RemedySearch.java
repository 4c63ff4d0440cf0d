package dev.gantry.cli.remedy;

import dev.gantry.cli.cluster.Rejection;
import dev.gantry.cli.cluster.WhatIfCluster;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the smallest changes that make a pod fit somewhere.
 *
 * <p>Steps: for each node, combine the remedies of all that rejects the pod there; try what looks
 * smallest first; leave out of it what is not needed, and make the rest as small as can be; keep a
 * handful that differ in kind.
 *
 * <p>Example: node-1 has 1200m free, node-2 has room but a taint, and the pod asks for 2.
 * Candidates are "cpu request ≤ 1200m" (14), "1 pod left" (19) for node-1 and "tolerated the taint"
 * (12) for node-2: told in the order 12, 14, 19.
 *
 * <p>Cost: with thousands of nodes, those that object for the same rules are alike: only the best
 * {@link #NODES_PER_KIND} of each kind are looked at closely.
 */
public final class RemedySearch {
    private static final int NODES_PER_KIND = 16;
    private static final int KINDS = 12;
    private static final int COMBINATIONS = 24;
    private static final int TRIALS = 300;
    private static final int HANDFUL = 5;
    private static final Comparator<Suggestion> SMALLEST_FIRST =
            Comparator.comparingDouble(Suggestion::weight).thenComparing(Suggestion::node);

    private final WhatIfCluster whatIf;
    private final Resource pod;
    private int trials;

    public RemedySearch(WhatIfCluster whatIf, Resource pod) {
        this.whatIf = whatIf;
        this.pod = pod;
    }

    /**
     * @param rejections those of every node, none of which may be empty
     */
    public List<Suggestion> search(Map<String, List<Rejection>> rejections) {
        List<Suggestion> candidates = new ArrayList<>();
        for (String node : promising(rejections)) {
            var each = new Case(whatIf, pod, node);
            for (List<Remedy> remedies : combined(each, rejections.getOrDefault(node, List.of()))) {
                candidates.add(new Suggestion(node, List.of(), remedies));
            }
        }
        candidates.sort(SMALLEST_FIRST);
        List<Suggestion> chosen = new ArrayList<>();
        List<Set<String>> told = new ArrayList<>();
        for (Suggestion each : candidates) {
            if (chosen.size() == HANDFUL || trials > TRIALS) {
                break;
            }
            if (!repeats(each.remedies(), told)) {
                verified(each)
                        .filter(proven -> !repeats(proven.remedies(), told))
                        .ifPresent(
                                proven -> {
                                    told.add(kinds(proven.remedies()));
                                    chosen.add(proven);
                                });
            }
        }
        preempting().ifPresent(chosen::add);
        chosen.sort(SMALLEST_FIRST);
        return chosen.subList(0, Math.min(HANDFUL, chosen.size()));
    }

    /** The scheduler's own search for victims is the trial here: until they leave, nothing fits. */
    private Optional<Suggestion> preempting() {
        if (!Resource.text(pod.spec(), "preemptionPolicy").equals("Never")) {
            return Optional.empty();
        }
        return whatIf.preempted(pod)
                .map(
                        found -> {
                            List<ObjectKey> victims =
                                    found.victims().stream().map(each -> each.pod().key()).toList();
                            var remedy = new PodRemedy.AllowPreemption(victims);
                            return new Suggestion(found.node().name(), List.of(), List.of(remedy));
                        });
    }

    /** The nodes that lack least, of each kind of rejections some. */
    private static List<String> promising(Map<String, List<Rejection>> rejections) {
        Map<String, List<String>> byRules = new TreeMap<>();
        rejections.forEach(
                (node, all) -> {
                    String rules = String.join(",", all.stream().map(Rejection::rule).toList());
                    byRules.computeIfAbsent(rules, _ -> new ArrayList<>()).add(node);
                });
        return byRules.entrySet().stream()
                .sorted(Comparator.comparingInt(each -> each.getKey().split(",").length))
                .limit(KINDS)
                .flatMap(
                        each ->
                                each.getValue().stream()
                                        .sorted(
                                                Comparator.comparingDouble(
                                                        node ->
                                                                lacking(
                                                                        rejections.getOrDefault(
                                                                                node, List.of()))))
                                        .limit(NODES_PER_KIND))
                .toList();
    }

    /** How much of what was asked for is not there, added up over the resources. */
    private static double lacking(List<Rejection> rejections) {
        return rejections.stream()
                .flatMap(each -> each.shortages().stream())
                .mapToDouble(each -> (each.asked() - each.free()) / (double) each.asked())
                .sum();
    }

    /** One alternative for each rejection, in all combinations. */
    private static List<List<Remedy>> combined(Case each, List<Rejection> rejections) {
        List<List<Remedy>> all = List.of(List.of());
        for (Rejection rejection : rejections) {
            List<List<Remedy>> longer = new ArrayList<>();
            for (List<Remedy> alternative : Remedies.of(each, rejection)) {
                for (List<Remedy> soFar : all) {
                    Set<Remedy> together = new LinkedHashSet<>(soFar);
                    together.addAll(alternative);
                    longer.add(List.copyOf(new ArrayList<>(together)));
                }
            }
            all = longer.subList(0, Math.min(COMBINATIONS, longer.size()));
        }
        return all;
    }

    /** What of the suggestion is needed; empty where it does not help at all. */
    private Optional<Suggestion> verified(Suggestion each) {
        var tried = new Case(whatIf, pod, each.node());
        trials++;
        if (each.remedies().isEmpty() || !tried.fitsAfter(each.remedies())) {
            return Optional.empty();
        }
        List<Remedy> needed = new ArrayList<>(each.remedies());
        for (Remedy one : each.remedies()) {
            List<Remedy> without = new ArrayList<>(needed);
            without.remove(one);
            trials++;
            if (tried.fitsAfter(without)) {
                needed = without;
            }
        }
        List<Remedy> least = needed.size() == 1 ? needed : Minimiser.of(tried, needed);
        return Optional.of(new Suggestion(each.node(), alsoOn(tried, least), least));
    }

    private static List<String> alsoOn(Case tried, List<Remedy> needed) {
        if (needed.stream().anyMatch(NodeRemedy.class::isInstance)) {
            return List.of();
        }
        Set<String> nodes = new TreeSet<>();
        tried.onAllNodes(needed)
                .forEach(
                        (node, all) -> {
                            if (all.isEmpty() && !node.equals(tried.node())) {
                                nodes.add(node);
                            }
                        });
        return List.copyOf(new ArrayList<>(nodes));
    }

    /** Whether the same kind of change, or less than it, was told already. */
    private static boolean repeats(List<Remedy> remedies, List<Set<String>> told) {
        Set<String> kinds = kinds(remedies);
        return told.stream().anyMatch(kinds::containsAll);
    }

    private static Set<String> kinds(List<Remedy> remedies) {
        Set<String> kinds = new TreeSet<>();
        remedies.forEach(each -> kinds.add(each.alike()));
        return kinds;
    }
}
