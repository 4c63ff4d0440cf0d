package dev.gantry.scheduler.placement;

import dev.gantry.model.effect.Effect;
import dev.gantry.scheduler.placement.Explanation.Scored;
import dev.gantry.scheduler.placement.Profile.Wished;
import dev.gantry.scheduler.plugin.Candidates;
import dev.gantry.scheduler.plugin.Consequences;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fast twin of {@link Scheduler}: pods of equal signature share one {@link Ranking} of all nodes.
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
        this.profile = java.util.Objects.requireNonNull(profiles.byName().get(name));
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
        var surroundings = new Surroundings(profile, pod, snapshot);
        Optional<Surroundings.Hindrance> hindrance = surroundings.hindrance();
        if (hindrance.isPresent()) {
            return Scheduler.hindered(pod, hindrance.get(), snapshot);
        }
        Optional<List<String>> pinned = pod.signature().nodeAffinity().pinnedNodes();
        if (pinned.isPresent()) {
            var race = new Race(profile, pod, snapshot, surroundings);
            return placePinned(race, pod, snapshot, pinned.get());
        }
        Ranking ranking = rankings.of(pod.signature(), snapshot);
        if (surroundings.areRanked() && ranking.feasible() > 0) {
            return choose(pod, snapshot, ranking, surroundings);
        }
        var tally = new Tally(snapshot);
        tally.ruledOut(ranking.ruledOut(snapshot));
        return new Race(profile, pod, snapshot, surroundings)
                .winner(ranking.candidates(), ranking.appraiser(), ranking::rankAlone, tally)
                .orElseGet(
                        () -> {
                            tally.reasons(ranking.reasons(snapshot));
                            int nodes = snapshot.nodeCount();
                            return new Placement.Unplaced(pod, tally.unplaced(nodes));
                        });
    }

    /**
     * The pod on the node to which it is nominated, whatever others would score; empty where it does
     * not fit that one now.
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
        var appraiser = new Appraiser(profile, pod.signature());
        var surroundings = new Surroundings(profile, pod, snapshot);
        boolean isOpen =
                node.filter(each -> appraiser.rejectingFilter(each) == Appraiser.FITS).isPresent()
                        && surroundings.hindrance().isEmpty();
        if (!isOpen) {
            return Optional.empty();
        }
        return new Race(profile, pod, snapshot, surroundings)
                .winner(
                        new Candidates(new int[] {node.get().row()}, 1),
                        appraiser,
                        row -> rank(appraiser, snapshot.row(row)),
                        new Tally(snapshot));
    }

    /**
     * Cost: every pod of a daemon set has a signature of its own, so a ranking of all nodes would be
     * made for each and never used again.
     */
    private Placement placePinned(
            Race race, PodInfo pod, ClusterSnapshot snapshot, List<String> names) {
        var appraiser = new Appraiser(profile, pod.signature());
        var tally = new Tally(snapshot);
        int[] rows = new int[names.size()];
        List<NodeView> found = new ArrayList<>(names.size());
        int passed = 0;
        for (String name : new LinkedHashSet<>(names)) {
            Optional<NodeView> node = snapshot.node(name);
            if (node.isEmpty()) {
                continue;
            }
            found.add(node.get());
            int filter = appraiser.rejectingFilter(node.get());
            if (filter == Appraiser.FITS) {
                rows[passed++] = node.get().row();
            } else {
                String rule = appraiser.filters().get(filter).name();
                tally.rejected(rule, appraiser.rejection(filter, node.get()), node.get());
            }
        }
        tally.rejectedAllBut(found, "NodeAffinity", Scheduler.NOT_PINNED);
        return race.winner(
                        new Candidates(rows, passed),
                        appraiser,
                        row -> rank(appraiser, snapshot.row(row)),
                        tally)
                .orElseGet(() -> new Placement.Unplaced(pod, tally.unplaced(snapshot.nodeCount())));
    }

    private long rank(Appraiser appraiser, NodeView node) {
        return Rank.of(appraiser.score(node) + profile.soleNodePenalty(), node);
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
     * Whether the node passes every filter now, for a pod of this signature in one of these namespaces:
     * a namespace may have a profile of its own.
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
                        .map(name -> new Appraiser(profiles.named(name), signature))
                        .anyMatch(each -> each.rejectingFilter(node) == Appraiser.FITS);
    }

    private Placement choose(
            PodInfo pod, ClusterSnapshot snapshot, Ranking ranking, Surroundings surroundings) {
        int weight = surroundings.weightOfImages();
        Contest contest =
                weight == 0
                        ? ranking
                        : rankings.with(pod.signature().images(), weight, ranking, snapshot);
        Podium podium = podium(contest.ranks(), snapshot.soleRowOf(pod.owner()));
        List<Wished> wished = surroundings.wished();
        var scorecard = new Scorecard(profile, ranking.appraiser(), wished, pod, snapshot);
        Scored chosen =
                scorecard.of(
                        snapshot.row(podium.first()),
                        podium.firstRank(),
                        contest.wishes(podium.first()));
        Optional<Scored> runnerUp =
                podium.second() == Podium.NOBODY
                        ? Optional.empty()
                        : Optional.of(
                                scorecard.of(
                                        snapshot.row(podium.second()),
                                        podium.secondRank(),
                                        contest.wishes(podium.second())));
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
    private Podium podium(Tournament ranks, int sole) {
        long soleRank = sole < 0 ? Rank.NONE : ranks.of(sole);
        if (soleRank != Rank.NONE) {
            ranks.set(sole, Rank.plus(soleRank, -profile.soleNodePenalty()));
        }
        var podium = new Podium();
        int best = ranks.bestRow();
        long rank = ranks.best();
        podium.offer(best, rank);
        ranks.set(best, Rank.NONE);
        if (ranks.best() != Rank.NONE) {
            podium.offer(ranks.bestRow(), ranks.best());
        }
        ranks.set(best, rank);
        if (soleRank != Rank.NONE) {
            ranks.set(sole, soleRank);
        }
        return podium;
    }
}
