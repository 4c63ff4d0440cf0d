package dev.gantry.cli.why;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.cli.cluster.OwnedPods;
import dev.gantry.cli.cluster.Rejection;
import dev.gantry.cli.cluster.WhatIfCluster;
import dev.gantry.cli.remedy.RemedySearch;
import dev.gantry.cli.remedy.Suggestion;
import dev.gantry.cli.why.OwnerReport.Member;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.PodGroup;
import dev.gantry.scheduler.placement.Placement;
import dev.gantry.scheduler.placement.profile.Profiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Finds out why a pod is where it is, or nowhere. */
public final class Why {
    private final ClusterObjects cluster;
    private final Profiles profiles;
    private final Instant now;

    public Why(ClusterObjects cluster, Profiles profiles, Instant now) {
        this.cluster = cluster;
        this.profiles = profiles;
        this.now = now;
    }

    public WhyReport ask(ObjectKey key) {
        Optional<Resource> found = cluster.get(key);
        if (found.isEmpty()) {
            return WhyReport.of(key.path(), Situation.GONE, "");
        }
        Resource pod = found.get();
        Situation situation = situation(pod);
        String node =
                situation == Situation.NOMINATED
                        ? Resource.text(pod.status(), "nominatedNodeName")
                        : Resource.text(pod.spec(), "nodeName");
        WhyReport report = decided(WhyReport.of(key.path(), situation, node), pod);
        return switch (situation) {
            case GONE, FINISHED, LEAVING -> report;
            case PLACED -> placed(report, pod);
            case FOREIGN, GATED, MUSTERING, PENDING, NOMINATED, FITS -> waiting(report, pod);
        };
    }

    /**
     * How the pods of a workload stand, and why the first of those waits that do. Empty where there
     * is neither such a workload nor a pod of it.
     */
    public Optional<OwnerReport> ask(String namespace, Target target) {
        List<Member> members =
                OwnedPods.pods(cluster, namespace, target::isThis).stream()
                        .map(this::member)
                        .toList();
        Optional<Resource> owner = stored(namespace, target);
        if (owner.isEmpty() && members.isEmpty()) {
            return Optional.empty();
        }
        Optional<WhyReport> first =
                members.stream()
                        .filter(Member::isWaiting)
                        .findFirst()
                        .map(each -> ask(ClusterObjects.pod(namespace, each.pod())));
        long alive = members.stream().filter(each -> each.isPlaced() || each.isWaiting()).count();
        int wanted = owner.map(each -> each.spec().path("replicas").asInt(1)).orElse(0);
        String title = "%s %s/%s".formatted(target.kind().word(), namespace, target.name());
        return Optional.of(
                new OwnerReport(title, (int) Math.max(0, wanted - alive), members, first));
    }

    private Member member(Resource pod) {
        return new Member(pod.name(), situation(pod), Resource.text(pod.spec(), "nodeName"));
    }

    /** Of those kinds that say how many pods there are to be at a time. */
    private Optional<Resource> stored(String namespace, Target target) {
        return switch (target.kind()) {
            case DEPLOYMENT -> stored(Kinds.DEPLOYMENT, namespace, target.name());
            case REPLICA_SET -> stored(Kinds.REPLICA_SET, namespace, target.name());
            default -> Optional.empty();
        };
    }

    private Optional<Resource> stored(Kind kind, String namespace, String name) {
        return cluster.get(new ObjectKey(kind.resource(), namespace, name));
    }

    private Situation situation(Resource pod) {
        String phase = Resource.text(pod.status(), "phase");
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            return Situation.FINISHED;
        }
        if (!Resource.text(pod.spec(), "nodeName").isEmpty()) {
            return Situation.PLACED;
        }
        if (pod.isBeingDeleted()) {
            return Situation.LEAVING;
        }
        if (!pod.spec().path("schedulingGates").isEmpty() || GangStatus.lacksGroup(cluster, pod)) {
            return Situation.GATED;
        }
        // Where the profiles could not be read: our scheduler has a message on it.
        boolean isSpokenOf = pod.annotations().containsKey(Binding.DECISION_ANNOTATION);
        String scheduler = Resource.text(pod.spec(), "schedulerName");
        if (!isSpokenOf && !WhatIfCluster.isOurs(scheduler, profiles)) {
            return Situation.FOREIGN;
        }
        return Resource.text(pod.status(), "nominatedNodeName").isEmpty()
                ? Situation.PENDING
                : Situation.NOMINATED;
    }

    private static WhyReport decided(WhyReport report, Resource pod) {
        String kept = pod.annotations().getOrDefault(Binding.DECISION_ANNOTATION, "");
        String when =
                Conditions.find(pod.status().path("conditions"), "PodScheduled")
                        .map(condition -> Resource.text(condition, "lastTransitionTime"))
                        .orElse("");
        return report.saying(new Said(parsed(kept), when, Optional.empty(), ""));
    }

    private static Optional<JsonNode> parsed(String kept) {
        try {
            return kept.isEmpty()
                    ? Optional.empty()
                    : Optional.of(JsonMapper.shared().readTree(kept));
        } catch (JacksonException notOurs) {
            return Optional.empty();
        }
    }

    /** As if it came anew: without the space that it takes itself. */
    private WhyReport placed(WhyReport report, Resource pod) {
        var whatIf = new WhatIfCluster(cluster.without(List.of(key(report))), profiles, now);
        Placement today = whatIf.place(unplaced(pod));
        Map<String, List<Rejection>> rejections = whatIf.rejections(unplaced(pod));
        return report.saying(report.said().today(today.explanation(), message(today)))
                .facing(Obstacles.of(Lacks.group(rejections)));
    }

    private WhyReport waiting(WhyReport report, Resource pod) {
        var whatIf = new WhatIfCluster(cluster, profiles, now);
        Placement today = whatIf.place(unplaced(pod));
        WhyReport found =
                report.saying(report.said().today(today.explanation(), message(today)))
                        .noting(notes(report, pod));
        Optional<GangReport> gang =
                report.situation() == Situation.PENDING ? gang(pod) : Optional.empty();
        if (gang.isPresent() && !gang.get().isReadyFor(pod.name())) {
            return found.mustering(gang.get());
        }
        if (today instanceof Placement.Placed) {
            return report.situation() == Situation.PENDING ? found.fitting() : found;
        }
        Map<String, List<Rejection>> rejections = whatIf.rejections(pod);
        List<Suggestion> suggestions = new RemedySearch(whatIf, unplaced(pod)).search(rejections);
        Set<String> everywhere = new LinkedHashSet<>(Lacks.everywhere(rejections));
        everywhere.addAll(Attached.missing(cluster, pod));
        return found.facing(
                new Obstacles(List.copyOf(everywhere), Lacks.group(rejections), suggestions));
    }

    private Optional<GangReport> gang(Resource pod) {
        return GangStatus.of(cluster, pod)
                .map(status -> new GangSearch(cluster, profiles, now, status).search());
    }

    private List<String> notes(WhyReport report, Resource pod) {
        List<String> notes = new ArrayList<>();
        switch (report.situation()) {
            case GATED -> {
                List<String> gates = new ArrayList<>();
                pod.spec()
                        .path("schedulingGates")
                        .forEach(gate -> gates.add(Resource.text(gate, "name")));
                if (!gates.isEmpty()) {
                    notes.add("its scheduling gates hold it: " + String.join(", ", gates));
                }
                if (GangStatus.lacksGroup(cluster, pod)) {
                    notes.add("its pod group is yet to be made: " + PodGroup.nameIn(pod));
                }
            }
            case FOREIGN ->
                    notes.add(
                            "it waits for the scheduler %s, which is not Gantry's"
                                    .formatted(Resource.text(pod.spec(), "schedulerName")));
            default -> {}
        }
        return notes;
    }

    private static String message(Placement placement) {
        return placement instanceof Placement.Unplaced unplaced ? unplaced.message() : "";
    }

    /** Without gates and node: what the scheduler would decide on. */
    private static Resource unplaced(Resource pod) {
        Resource copy = pod.copy();
        ObjectNode spec = Resource.child(copy.tree(), "spec");
        spec.remove("nodeName");
        spec.remove("schedulingGates");
        return copy;
    }

    private static ObjectKey key(WhyReport report) {
        int slash = report.pod().indexOf('/');
        return ClusterObjects.pod(
                report.pod().substring(0, slash), report.pod().substring(slash + 1));
    }
}
