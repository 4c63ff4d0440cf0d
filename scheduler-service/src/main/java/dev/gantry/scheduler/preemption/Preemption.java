package dev.gantry.scheduler.preemption;

import dev.gantry.model.cache.LruMap;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.Absence;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Chooses the node where making way hurts least. Owned by one thread together with its snapshot.
 */
public final class Preemption {
    private static final int RANKINGS = 16;

    /** Compat: minCandidateNodesPercentage and minCandidateNodesAbsolute of DefaultPreemption. */
    private static final int LEAST_SHARE = 10;

    private static final int LEAST_CANDIDATES = 100;

    private final Profiles profiles;
    private final Budgets budgets;
    private final Map<Kin, CandidateRanking> rankings = new LruMap<>(RANKINGS);
    private long budgetsSeen;

    /** Preemptors that have the same candidates. */
    private record Kin(PodSignature signature, int priority, String profile) {}

    public Preemption(Profiles profiles, Budgets budgets) {
        this.profiles = profiles;
        this.budgets = budgets;
    }

    /** The answer: a candidate, or how many nodes gave which reason for there being none. */
    public record Answer(Optional<Candidate> candidate, SortedMap<String, Integer> reasons) {}

    /** Whether the pod would not fit this node even if all pods left it. */
    public boolean isHopeless(PodInfo pod, NodeView node, ClusterSnapshot snapshot) {
        var rules = new Rules(profiles.named(profiles.nameFor(pod, snapshot)), pod, snapshot);
        return rules.areVain(snapshot)
                || rules.judge(node, snapshot) instanceof Verdict.Rejects rejects
                        && !rejects.couldBeFreed();
    }

    /** For a pod that fits nowhere as the snapshot is. */
    public Answer search(PodInfo pod, ClusterSnapshot snapshot) {
        String profile = profiles.nameFor(pod, snapshot);
        var rules = new Rules(profiles.named(profile), pod, snapshot);
        if (rules.areVain(snapshot)) {
            SortedMap<String, Integer> vain = new TreeMap<>();
            ((Outlook.Vain) Outlook.NOT_HELPFUL)
                    .reasons()
                    .forEach(reason -> vain.put(reason, snapshot.nodeCount()));
            return new Answer(Optional.empty(), vain);
        }
        Optional<List<String>> pinned = pod.signature().nodeAffinity().pinnedNodes();
        if (pinned.isPresent()) {
            List<NodeView> nodes =
                    pinned.get().stream()
                            .distinct()
                            .map(snapshot::node)
                            .flatMap(Optional::stream)
                            .toList();
            return searchAmong(nodes, pod, rules, snapshot);
        }
        if (!rules.areLocal()) {
            return searchAmong(snapshot.rows(), pod, rules, snapshot);
        }
        CandidateRanking ranking = ranking(pod, profile, rules);
        ranking.follow(snapshot);
        Optional<Candidate> best = ranking.best();
        return new Answer(best, best.isPresent() ? new TreeMap<>() : ranking.reasons());
    }

    private CandidateRanking ranking(PodInfo pod, String profile, Rules rules) {
        if (budgetsSeen != budgets.version()) {
            rankings.clear();
            budgetsSeen = budgets.version();
        }
        return rankings.computeIfAbsent(
                new Kin(pod.signature(), pod.priority(), profile),
                _ -> new CandidateRanking(new VictimSearch(pod, budgets), rules));
    }

    /**
     * One node after the other, until there are enough to choose from, and among them one where no
     * budget is broken.
     */
    private Answer searchAmong(
            List<NodeView> nodes, PodInfo pod, Rules rules, ClusterSnapshot snapshot) {
        var search = new VictimSearch(pod, budgets);
        int enough = Math.max(LEAST_CANDIDATES, nodes.size() * LEAST_SHARE / 100);
        int start = nodes.isEmpty() ? 0 : Math.floorMod(pod.uid().hashCode(), nodes.size());
        SortedMap<String, Integer> reasons = new TreeMap<>();
        Candidate best = null;
        int found = 0;
        boolean hasHarmless = false;
        for (int i = 0; i < nodes.size() && !(hasHarmless && found >= enough); i++) {
            NodeView node = nodes.get((start + i) % nodes.size());
            if (!node.exists()) {
                continue;
            }
            switch (look(node, search, rules, snapshot)) {
                case Outlook.Hope hope -> {
                    found++;
                    hasHarmless |= hope.candidate().violations() == 0;
                    best = better(best, hope.candidate());
                }
                case Outlook.Vain vain ->
                        vain.reasons().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
            }
        }
        int untried = snapshot.nodeCount() - (int) nodes.stream().filter(NodeView::exists).count();
        if (untried > 0) {
            ((Outlook.Vain) Outlook.NOT_HELPFUL)
                    .reasons()
                    .forEach(reason -> reasons.merge(reason, untried, Integer::sum));
        }
        return new Answer(Optional.ofNullable(best), reasons);
    }

    private static Candidate better(
            @org.jspecify.annotations.Nullable Candidate best, Candidate other) {
        return best == null || Candidate.BEST_FIRST.compare(other, best) < 0 ? other : best;
    }

    private static Outlook look(
            NodeView node, VictimSearch search, Rules rules, ClusterSnapshot snapshot) {
        Verdict now = rules.judge(node, snapshot);
        if (now instanceof Verdict.Rejects rejects && !rejects.couldBeFreed()) {
            return Outlook.NOT_HELPFUL;
        }
        try (Stage stage =
                rules.areLocal()
                        ? new Stage.Alone(node, rules, new Absence(node))
                        : Stage.Whole.of(node, rules, snapshot)) {
            return search.look(node, snapshot.podsOn(node), stage);
        }
    }
}
