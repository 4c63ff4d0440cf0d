package dev.gantry.cli.why;

import dev.gantry.cli.remedy.Requests;
import dev.gantry.cli.why.WhyReport.Lack;
import dev.gantry.cli.world.Objection;
import dev.gantry.cli.world.Objection.Shortage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What nodes lack, in words; nodes that lack exactly the same stand together. */
final class Lacks {
    private Lacks() {}

    /** Those that lack least come first. Nodes without objections are left out. */
    static List<Lack> group(Map<String, List<Objection>> objections) {
        Map<List<String>, List<String>> byReasons = new java.util.LinkedHashMap<>();
        new TreeMap<>(objections)
                .forEach(
                        (node, all) -> {
                            if (!all.isEmpty()) {
                                byReasons
                                        .computeIfAbsent(reasons(all), _ -> new ArrayList<>())
                                        .add(node);
                            }
                        });
        List<Lack> lacks = new ArrayList<>();
        byReasons.forEach((reasons, nodes) -> lacks.add(new Lack(nodes, reasons)));
        lacks.sort(Comparator.comparingInt(each -> each.reasons().size()));
        return lacks;
    }

    private static List<String> reasons(List<Objection> objections) {
        List<String> words = new ArrayList<>();
        for (Objection each : objections) {
            if (each.shortages().isEmpty()) {
                each.reasons().forEach(reason -> words.add(bare(reason)));
            } else {
                each.shortages().forEach(shortage -> words.add(text(shortage)));
            }
        }
        return words;
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
