package dev.gantry.cli.why;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.cli.cluster.NodeTemplate;
import dev.gantry.cli.cluster.Rejection;
import dev.gantry.cli.cluster.Rejection.Shortage;
import dev.gantry.cli.cluster.WhatIfCluster;
import dev.gantry.cli.remedy.Bisection;
import dev.gantry.cli.remedy.NodeRemedy;
import dev.gantry.cli.remedy.PodRemedy;
import dev.gantry.cli.remedy.Remedy;
import dev.gantry.cli.remedy.RemedySearch;
import dev.gantry.cli.remedy.Requests;
import dev.gantry.cli.why.GangReport.Member;
import dev.gantry.cli.why.GangStatus.TriedPod;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.profile.Profiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds out which pods of a gang fit together, what the first one lacks that does not, and what
 * would make all fit.
 *
 * <p>Example: three pods of 2 cpu, nodes of 4 and of 1. Two fit together on the first node. All
 * three would if each asked for no more than 1333m, or if there were one more node like the first.
 *
 * <p>Every change that is told was tried: with it, the whole gang has found its places.
 */
final class GangSearch {
    /** Cost: a trial places all members, and looks at all nodes for each. */
    private static final int MOST_WORK = 100_000;

    private static final int HANDFUL = 3;
    private static final int KINDS_OF_NODES = 3;
    private static final int MOST_NEW_NODES = 8;

    private final ClusterObjects cluster;
    private final Profiles profiles;
    private final Instant now;
    private final GangStatus status;

    GangSearch(ClusterObjects cluster, Profiles profiles, Instant now, GangStatus status) {
        this.cluster = cluster;
        this.profiles = profiles;
        this.now = now;
        this.status = status;
    }

    GangReport search() {
        List<TriedPod> tried = status.tried(whatIf(cluster), UnaryOperator.identity());
        List<Member> members = new ArrayList<>();
        for (Resource each : status.placed()) {
            members.add(new Member(each.name(), true, Resource.text(each.spec(), "nodeName"), ""));
        }
        for (TriedPod each : tried) {
            members.add(new Member(each.pod().name(), false, each.node().orElse(""), each.why()));
        }
        var report =
                new GangReport(
                        status.gang().name(),
                        status.gang().size(),
                        members,
                        "",
                        List.of(),
                        List.of());
        List<TriedPod> stuck = tried.stream().filter(each -> each.node().isEmpty()).toList();
        return stuck.isEmpty() ? report : explained(report, tried, stuck);
    }

    /** Looked at as things are once all others have their places. */
    private GangReport explained(GangReport report, List<TriedPod> tried, List<TriedPod> stuck) {
        List<Resource> bound = tried.stream().flatMap(each -> each.bound().stream()).toList();
        WhatIfCluster others = whatIf(cluster.with(bound));
        Resource first = stuck.getFirst().pod();
        Map<String, List<Rejection>> rejections = others.rejections(first);
        List<String> changes = new ArrayList<>();
        if (stuck.size() == 1) {
            new RemedySearch(others, first)
                    .search(rejections).stream()
                            .filter(each -> each.remedies().stream().noneMatch(this::takesFrom))
                            .limit(HANDFUL)
                            .forEach(each -> changes.add(first.name() + " " + each.text()));
        }
        if (status.waiting().size() * cluster.nodes().size() <= MOST_WORK) {
            changes.addAll(lowerRequests(rejections));
            changes.addAll(moreNodes(stuck.size()));
        }
        return report.lacking(first.name(), Lacks.group(rejections), changes);
    }

    /** No member makes room for another. */
    private boolean takesFrom(Remedy remedy) {
        List<ObjectKey> leaving =
                switch (remedy) {
                    case NodeRemedy.PodsLeave leave -> leave.pods();
                    case PodRemedy.AllowPreemption allow -> allow.victims();
                    default -> List.of();
                };
        return !leaving.isEmpty()
                && Stream.concat(status.placed().stream(), status.waiting().stream())
                        .anyMatch(
                                each ->
                                        leaving.contains(
                                                ClusterObjects.pod(each.namespace(), each.name())));
    }

    private WhatIfCluster whatIf(ClusterObjects of) {
        return new WhatIfCluster(of, profiles, now);
    }

    /** The most that each pod may ask for of what is short, one resource at a time. */
    private List<String> lowerRequests(Map<String, List<Rejection>> rejections) {
        Map<String, Long> asked = new TreeMap<>();
        for (List<Rejection> all : rejections.values()) {
            for (Rejection each : all) {
                for (Shortage shortage : each.shortages()) {
                    asked.merge(shortage.resource(), shortage.asked(), Long::max);
                }
            }
        }
        asked.remove("pods");
        List<String> found = new ArrayList<>();
        asked.forEach((resource, most) -> most(resource, most).ifPresent(found::add));
        return found;
    }

    /** In round numbers. Empty where that alone does not help. */
    private Optional<String> most(String resource, long asked) {
        WhatIfCluster whatIf = whatIf(cluster);
        long unit = Requests.unit(resource);
        long enough =
                Bisection.most(
                        0,
                        asked / unit + 1,
                        middle ->
                                status.allFit(
                                        whatIf,
                                        pod -> Requests.atMost(pod, resource, middle * unit)));
        return enough == 0
                ? Optional.empty()
                : Optional.of(
                        "all fit if none of its pods asked for more %s than %s"
                                .formatted(resource, Requests.amount(resource, enough * unit)));
    }

    /** As few more nodes as will do, each like one that is there. */
    private List<String> moreNodes(int stuck) {
        List<String> found = new ArrayList<>();
        for (Resource like : kindsOfNodes()) {
            for (int more = 1; more <= Math.min(stuck, MOST_NEW_NODES); more++) {
                WhatIfCluster whatIf = whatIf(cluster.with(copies(like, more)));
                if (status.allFit(whatIf, UnaryOperator.identity())) {
                    String nodes = more == 1 ? "1 more node" : more + " more nodes";
                    found.add(
                            "all fit with %s like %s (%s)"
                                    .formatted(nodes, like.name(), size(like)));
                    break;
                }
            }
        }
        return found;
    }

    /** One node of each size. */
    private List<Resource> kindsOfNodes() {
        Map<String, Resource> bySize = new TreeMap<>();
        cluster.nodes().stream()
                .filter(each -> !each.spec().path("unschedulable").asBoolean(false))
                .sorted(Comparator.comparing(Resource::name))
                .forEach(each -> bySize.putIfAbsent(size(each), each));
        return bySize.values().stream().limit(KINDS_OF_NODES).toList();
    }

    private static String size(Resource node) {
        var allocatable = node.status().path("allocatable");
        return "%s cpu, %s memory"
                .formatted(Resource.text(allocatable, "cpu"), Resource.text(allocatable, "memory"));
    }

    private static List<Resource> copies(Resource like, int many) {
        return IntStream.rangeClosed(1, many)
                .mapToObj(i -> NodeTemplate.of(like, like.name() + "-twin-" + i))
                .toList();
    }
}
