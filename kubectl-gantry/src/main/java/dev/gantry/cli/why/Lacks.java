package dev.gantry.cli.why;

import dev.gantry.cli.cluster.Rejection;
import dev.gantry.cli.cluster.Rejection.Shortage;
import dev.gantry.cli.remedy.Requests;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What nodes lack, in words; nodes that lack exactly the same stand together. */
final class Lacks {
    private Lacks() {}

    /** Few enough to tell each one's amounts. */
    private static final int FEW = 12;

    private static final int EXAMPLES = 4;

    /**
     * Those that lack least come first. Nodes without rejections of their own are left out. Of many
     * nodes those that lack the same resources stand together, whatever the amounts.
     */
    static List<Lack> group(Map<String, List<Rejection>> all) {
        Map<String, List<Rejection>> rejections = new TreeMap<>();
        all.forEach(
                (node, each) ->
                        rejections.put(
                                node, each.stream().filter(o -> !o.isEverywhere()).toList()));
        Map<List<String>, List<String>> byKinds = new LinkedHashMap<>();
        boolean areFew = rejections.size() <= FEW;
        rejections.forEach(
                (node, its) -> {
                    if (!its.isEmpty()) {
                        List<String> kind = areFew ? reasons(its) : kinds(its);
                        byKinds.computeIfAbsent(kind, _ -> new ArrayList<>()).add(node);
                    }
                });
        List<Lack> lacks = new ArrayList<>();
        byKinds.values().forEach(nodes -> lacks.add(lack(nodes, rejections)));
        lacks.sort(Comparator.comparingInt(each -> each.reasons().size()));
        return lacks;
    }

    /** What no node could change, each word once. */
    static List<String> everywhere(Map<String, List<Rejection>> rejections) {
        return rejections.values().stream()
                .flatMap(List::stream)
                .filter(Rejection::isEverywhere)
                .flatMap(each -> each.reasons().stream())
                .distinct()
                .toList();
    }

    private static Lack lack(List<String> nodes, Map<String, List<Rejection>> rejections) {
        List<String> first = reasons(rejections.getOrDefault(nodes.getFirst(), List.of()));
        boolean areAlike =
                nodes.stream()
                        .allMatch(
                                node ->
                                        reasons(rejections.getOrDefault(node, List.of()))
                                                .equals(first));
        return new Lack(nodes, areAlike ? first : widest(nodes, rejections));
    }

    /** The amounts of those that have most. */
    private static List<String> widest(
            List<String> nodes, Map<String, List<Rejection>> rejections) {
        Map<String, Shortage> most = new LinkedHashMap<>();
        List<String> words = new ArrayList<>();
        for (String node : nodes) {
            for (Rejection each : rejections.getOrDefault(node, List.of())) {
                each.shortages().forEach(s -> most.merge(s.resource(), s, Lacks::roomier));
            }
        }
        for (Rejection each : rejections.getOrDefault(nodes.getFirst(), List.of())) {
            if (each.shortages().isEmpty()) {
                String examples = examples(each.rule(), nodes, rejections);
                each.reasons().forEach(reason -> words.add(bare(reason) + examples));
            }
        }
        most.values().forEach(shortage -> words.add(atMost(shortage)));
        return words;
    }

    /** What some of the nodes have, where not all have the same. */
    private static String examples(
            String rule, List<String> nodes, Map<String, List<Rejection>> rejections) {
        SortedSet<String> details = new TreeSet<>();
        for (String node : nodes) {
            for (Rejection each : rejections.getOrDefault(node, List.of())) {
                if (each.rule().equals(rule)) {
                    details.addAll(each.details());
                }
            }
        }
        return details.isEmpty()
                ? ""
                : details.stream()
                        .limit(EXAMPLES)
                        .collect(Collectors.joining(", ", ", such as ", ""));
    }

    private static Shortage roomier(Shortage one, Shortage other) {
        return one.free() >= other.free() ? one : other;
    }

    private static List<String> kinds(List<Rejection> rejections) {
        List<String> kinds = new ArrayList<>();
        for (Rejection each : rejections) {
            kinds.addAll(each.reasons());
        }
        return kinds;
    }

    private static List<String> reasons(List<Rejection> rejections) {
        List<String> words = new ArrayList<>();
        for (Rejection each : rejections) {
            if (each.shortages().isEmpty()) {
                String details =
                        each.details().isEmpty() ? "" : ": " + String.join(", ", each.details());
                each.reasons().forEach(reason -> words.add(bare(reason) + details));
            } else {
                each.shortages().forEach(shortage -> words.add(text(shortage)));
            }
        }
        return words;
    }

    private static String atMost(Shortage shortage) {
        return shortage.resource().equals("pods")
                ? "too many pods: all places are taken"
                : "insufficient %s: asks for %s, at most %s is free"
                        .formatted(
                                shortage.resource(),
                                Requests.amount(shortage.resource(), shortage.asked()),
                                Requests.amount(shortage.resource(), Math.max(0, shortage.free())));
    }

    private static String text(Shortage shortage) {
        String resource = shortage.resource();
        if (resource.equals("pods")) {
            return "too many pods: all %d places are taken".formatted(shortage.allocatable());
        }
        return "insufficient %s: asks for %s, %s of %s is free"
                .formatted(
                        resource,
                        Requests.amount(resource, shortage.asked()),
                        Requests.amount(resource, Math.max(0, shortage.free())),
                        Requests.amount(resource, shortage.allocatable()));
    }

    /** Upstream's words count nodes: "3 node(s) had ...". */
    private static String bare(String reason) {
        return reason.startsWith("node(s) ") ? reason.substring("node(s) ".length()) : reason;
    }
}
