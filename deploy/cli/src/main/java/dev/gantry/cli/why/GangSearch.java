package dev.gantry.cli.why;

import dev.gantry.cli.remedy.Bisection;
import dev.gantry.cli.remedy.NodeRemedy;
import dev.gantry.cli.remedy.PodRemedy;
import dev.gantry.cli.remedy.Remedy;
import dev.gantry.cli.remedy.RemedySearch;
import dev.gantry.cli.remedy.Requests;
import dev.gantry.cli.why.GangReport.Member;
import dev.gantry.cli.why.Muster.Seat;
import dev.gantry.cli.world.Objection;
import dev.gantry.cli.world.Objection.Shortage;
import dev.gantry.cli.world.Sandbox;
import dev.gantry.cli.world.Twins;
import dev.gantry.cli.world.World;
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

    private final World world;
    private final Profiles profiles;
    private final Instant now;
    private final Muster muster;

    GangSearch(World world, Profiles profiles, Instant now, Muster muster) {
        this.world = world;
        this.profiles = profiles;
        this.now = now;
        this.muster = muster;
    }

    GangReport search() {
        List<Seat> seats = muster.seats(sandbox(world), UnaryOperator.identity());
        List<Member> members = new ArrayList<>();
        for (Resource each : muster.placed()) {
            members.add(new Member(each.name(), true, Resource.text(each.spec(), "nodeName"), ""));
        }
        for (Seat each : seats) {
            members.add(new Member(each.pod().name(), false, each.node().orElse(""), each.why()));
        }
        var report =
                new GangReport(
                        muster.gang().name(),
                        muster.gang().size(),
                        members,
                        "",
                        List.of(),
                        List.of());
        List<Seat> stuck = seats.stream().filter(each -> each.node().isEmpty()).toList();
        return stuck.isEmpty() ? report : explained(report, seats, stuck);
    }

    /** Looked at as things are once all others have their places. */
    private GangReport explained(GangReport report, List<Seat> seats, List<Seat> stuck) {
        List<Resource> seated = seats.stream().flatMap(each -> each.seated().stream()).toList();
        Sandbox others = sandbox(world.with(seated));
        Resource first = stuck.getFirst().pod();
        Map<String, List<Objection>> objections = others.objections(first);
        List<String> changes = new ArrayList<>();
        if (stuck.size() == 1) {
            new RemedySearch(others, first)
                    .search(objections).stream()
                            .filter(each -> each.remedies().stream().noneMatch(this::takesFrom))
                            .limit(HANDFUL)
                            .forEach(each -> changes.add(first.name() + " " + each.text()));
        }
        if (muster.waiting().size() * world.nodes().size() <= MOST_WORK) {
            changes.addAll(lowerRequests(objections));
            changes.addAll(moreNodes(stuck.size()));
        }
        return report.lacking(first.name(), Lacks.group(objections), changes);
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
                && Stream.concat(muster.placed().stream(), muster.waiting().stream())
                        .anyMatch(
                                each -> leaving.contains(World.pod(each.namespace(), each.name())));
    }

    private Sandbox sandbox(World of) {
        return new Sandbox(of, profiles, now);
    }

    /** The most that each pod may ask for of what is short, one resource at a time. */
    private List<String> lowerRequests(Map<String, List<Objection>> objections) {
        Map<String, Long> asked = new TreeMap<>();
        for (List<Objection> all : objections.values()) {
            for (Objection each : all) {
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
        Sandbox sandbox = sandbox(world);
        long unit = Requests.unit(resource);
        long enough =
                Bisection.most(
                        0,
                        asked / unit + 1,
                        middle ->
                                muster.allFit(
                                        sandbox,
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
                Sandbox sandbox = sandbox(world.with(twins(like, more)));
                if (muster.allFit(sandbox, UnaryOperator.identity())) {
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
        world.nodes().stream()
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

    private static List<Resource> twins(Resource like, int many) {
        return IntStream.rangeClosed(1, many)
                .mapToObj(i -> Twins.of(like, like.name() + "-twin-" + i))
                .toList();
    }
}
