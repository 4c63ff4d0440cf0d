package dev.gantry.scheduler.placement;

import dev.gantry.model.effect.Effect;
import dev.gantry.scheduler.placement.explain.Explainer;
import dev.gantry.scheduler.placement.explain.Explanation;
import dev.gantry.scheduler.placement.explain.Explanation.Scored;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.placement.profile.Profile.WeightedPreference;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.placement.ranking.BestTwo;
import dev.gantry.scheduler.placement.ranking.NodeEvaluator;
import dev.gantry.scheduler.placement.ranking.Rank;
import dev.gantry.scheduler.placement.ranking.RankTree;
import dev.gantry.scheduler.placement.ranking.RankedNodes;
import dev.gantry.scheduler.placement.ranking.Ranking;
import dev.gantry.scheduler.placement.ranking.Rankings;
import dev.gantry.scheduler.plugin.Candidates;
import dev.gantry.scheduler.plugin.Consequences;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fast twin of {@link Scheduler}: pods of equal signature share one {@link Ranking} of all
 * nodes.
 *
 * <p>Invariant: gives the same placement and explanation as the reference; a seeded differential
 * test holds it to that.
 *
 * <p>Owned by one thread together with its snapshot.
 */
public final class RankedScheduler {
    private final Profile profile;
    private final Rankings rankings;

    /** One for each profile; this one is among them. */
    private final Map<String, RankedScheduler> byProfile = new TreeMap<>();

    private final Profiles profiles;

    public RankedScheduler(Profile profile) {
        this(Profiles.only(profile));
    }

    public RankedScheduler(Profiles profiles) {
        this(profiles, profiles.usual());
        profiles.byName().keySet().forEach(this::add);
    }

    private RankedScheduler(Profiles profiles, String name) {
        this.profiles = profiles;
        this.profile = Objects.requireNonNull(profiles.byName().get(name));
        this.rankings = new Rankings(profile);
    }

    private void add(String name) {
        boolean isThis = name.equals(profiles.usual());
        byProfile.put(name, isThis ? this : new RankedScheduler(profiles, name));
    }

    public Placement place(PodInfo asked, ClusterSnapshot snapshot) {
        PodInfo pod = snapshot.known(asked);
        RankedScheduler chosen = byProfile.get(profiles.nameFor(pod, snapshot));
        return chosen == null ? placeHere(pod, snapshot) : chosen.placeHere(pod, snapshot);
    }

    private Placement placeHere(PodInfo pod, ClusterSnapshot snapshot) {
        var clusterRules = new ClusterRules(profile, pod, snapshot);
        Optional<ClusterRules.PreFilterRejection> preFilterRejection =
                clusterRules.preFilterRejection();
        if (preFilterRejection.isPresent()) {
            return Scheduler.rejectedByPreFilter(pod, preFilterRejection.get(), snapshot);
        }
        Optional<List<String>> pinned = pod.signature().nodeAffinity().pinnedNodes();
        if (pinned.isPresent()) {
            var topNode = new TopNode(profile, pod, snapshot, clusterRules);
            return placePinned(topNode, pod, snapshot, pinned.get());
        }
        Ranking ranking = rankings.of(pod.signature(), snapshot);
        if (clusterRules.areRanked() && ranking.feasible() > 0) {
            return choose(pod, snapshot, ranking, clusterRules);
        }
        var explainer = new Explainer(snapshot);
        explainer.ruledOut(ranking.ruledOut(snapshot));
        return new TopNode(profile, pod, snapshot, clusterRules)
                .find(ranking.candidates(), ranking.evaluator(), ranking::rankAlone, explainer)
                .orElseGet(
                        () -> {
                            explainer.reasons(ranking.reasons(snapshot));
                            int nodes = snapshot.nodeCount();
                            return new Placement.Unplaced(pod, explainer.unplaced(nodes));
                        });
    }

    /**
     * The pod on the node to which it is nominated, whatever others would score; empty where it
     * does not fit that one now.
     *
     * <p>Compat: {@code evaluateNominatedNode}.
     */
    public Optional<Placement> placeOn(String node, PodInfo asked, ClusterSnapshot snapshot) {
        PodInfo pod = snapshot.known(asked);
        RankedScheduler chosen = byProfile.get(profiles.nameFor(pod, snapshot));
        return (chosen == null ? this : chosen).placeHereOn(node, pod, snapshot);
    }

    private Optional<Placement> placeHereOn(String name, PodInfo pod, ClusterSnapshot snapshot) {
        Optional<NodeView> node = snapshot.node(name);
        var evaluator = new NodeEvaluator(profile, pod.signature());
        var clusterRules = new ClusterRules(profile, pod, snapshot);
        boolean isOpen =
                node.filter(each -> evaluator.rejectingFilter(each) == NodeEvaluator.FITS)
                                .isPresent()
                        && clusterRules.preFilterRejection().isEmpty();
        if (!isOpen) {
            return Optional.empty();
        }
        return new TopNode(profile, pod, snapshot, clusterRules)
                .find(
                        new Candidates(new int[] {node.get().row()}, 1),
                        evaluator,
                        row -> rank(evaluator, snapshot.row(row)),
                        new Explainer(snapshot));
    }

    /**
     * Cost: every pod of a daemon set has a signature of its own, so a ranking of all nodes would
     * be made for each and never used again.
     */
    private Placement placePinned(
            TopNode topNode, PodInfo pod, ClusterSnapshot snapshot, List<String> names) {
        var evaluator = new NodeEvaluator(profile, pod.signature());
        var explainer = new Explainer(snapshot);
        int[] rows = new int[names.size()];
        List<NodeView> found = new ArrayList<>(names.size());
        int passed = 0;
        for (String name : new LinkedHashSet<>(names)) {
            Optional<NodeView> node = snapshot.node(name);
            if (node.isEmpty()) {
                continue;
            }
            found.add(node.get());
            int filter = evaluator.rejectingFilter(node.get());
            if (filter == NodeEvaluator.FITS) {
                rows[passed++] = node.get().row();
            } else {
                String rule = evaluator.filters().get(filter).name();
                explainer.rejected(rule, evaluator.rejection(filter, node.get()), node.get());
            }
        }
        explainer.rejectedAllBut(found, "NodeAffinity", Scheduler.NOT_PINNED);
        return topNode.find(
                        new Candidates(rows, passed),
                        evaluator,
                        row -> rank(evaluator, snapshot.row(row)),
                        explainer)
                .orElseGet(
                        () ->
                                new Placement.Unplaced(
                                        pod, explainer.unplaced(snapshot.nodeCount())));
    }

    private long rank(NodeEvaluator evaluator, NodeView node) {
        return Rank.of(evaluator.score(node) + profile.soleNodePenalty(), node);
    }

    /** What the placement of the pod on this node writes besides the pod. */
    public Consequences consequences(PodInfo pod, NodeView node, ClusterSnapshot snapshot) {
        return new Scheduler(profile).consequences(pod, node, snapshot);
    }

    /** What could be written so that the pod may fit later. */
    public Optional<Effect> relief(Placement.Unplaced unplaced, ClusterSnapshot snapshot) {
        PodInfo pod = unplaced.pod();
        SortedSet<String> reasons = new TreeSet<>(unplaced.explanation().reasons().keySet());
        return profile.relations().stream()
                .filter(each -> each.concerns(pod, snapshot))
                .flatMap(each -> each.relief(pod, reasons, snapshot).stream())
                .findFirst();
    }

    /**
     * Whether the node passes every filter now, for a pod of this signature in one of these
     * namespaces: a namespace may have a profile of its own.
     */
    public boolean fits(
            PodSignature signature,
            Collection<String> namespaces,
            NodeView node,
            ClusterSnapshot snapshot) {
        return node.exists()
                && namespaces.stream()
                        .map(each -> profiles.nameFor(signature, each, snapshot))
                        .distinct()
                        .map(name -> new NodeEvaluator(profiles.named(name), signature))
                        .anyMatch(each -> each.rejectingFilter(node) == NodeEvaluator.FITS);
    }

    private Placement choose(
            PodInfo pod, ClusterSnapshot snapshot, Ranking ranking, ClusterRules clusterRules) {
        int weight = clusterRules.weightOfImages();
        RankedNodes ranked =
                weight == 0
                        ? ranking
                        : rankings.with(pod.signature().images(), weight, ranking, snapshot);
        BestTwo bestTwo = bestTwo(ranked.ranks(), snapshot.soleRowOf(pod.owner()));
        List<WeightedPreference> preferences = clusterRules.preferences();
        var breakdown =
                new ScoreBreakdown(profile, ranking.evaluator(), preferences, pod, snapshot);
        Scored chosen =
                breakdown.of(
                        snapshot.row(bestTwo.first()),
                        bestTwo.firstRank(),
                        ranked.preferenceScores(bestTwo.first()));
        Optional<Scored> runnerUp =
                bestTwo.second() == BestTwo.NOBODY
                        ? Optional.empty()
                        : Optional.of(
                                breakdown.of(
                                        snapshot.row(bestTwo.second()),
                                        bestTwo.secondRank(),
                                        ranked.preferenceScores(bestTwo.second())));
        var explanation =
                new Explanation(
                        snapshot.nodeCount(),
                        ranking.feasible(),
                        ranking.ruledOut(snapshot),
                        new TreeMap<>(),
                        0,
                        Optional.of(chosen),
                        runnerUp);
        return new Placement.Placed(pod, chosen.node(), explanation);
    }

    /** The one node that holds all siblings loses its penalty while best and second are read. */
    private BestTwo bestTwo(RankTree ranks, int sole) {
        long soleRank = sole < 0 ? Rank.NONE : ranks.of(sole);
        if (soleRank != Rank.NONE) {
            ranks.set(sole, Rank.plus(soleRank, -profile.soleNodePenalty()));
        }
        var bestTwo = new BestTwo();
        int best = ranks.bestRow();
        long rank = ranks.best();
        bestTwo.offer(best, rank);
        ranks.set(best, Rank.NONE);
        if (ranks.best() != Rank.NONE) {
            bestTwo.offer(ranks.bestRow(), ranks.best());
        }
        ranks.set(best, rank);
        if (soleRank != Rank.NONE) {
            ranks.set(sole, soleRank);
        }
        return bestTwo;
    }
}
