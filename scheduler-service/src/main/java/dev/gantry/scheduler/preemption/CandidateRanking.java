package dev.gantry.scheduler.preemption;

import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.Absence;
import dev.gantry.scheduler.snapshot.node.NodeView;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What every node offers to preemptors of one signature and priority, kept up to date by looking
 * only at rows that changed. A tournament tree of rows: the root is the row of the best candidate.
 *
 * <p>Cost: O(log n) per changed row and preemptor instead of a search of victims on all nodes.
 */
final class CandidateRanking {
    private static final int NONE = -1;

    private final VictimSearch search;
    private final Rules rules;
    private @Nullable Outlook[] outlooks = {};
    private int[] tree = {NONE, NONE};
    private int leaves = 1;
    private long position = -1;

    CandidateRanking(VictimSearch search, Rules rules) {
        this.search = search;
        this.rules = rules;
    }

    void follow(ClusterSnapshot snapshot) {
        boolean hasRoom = position >= 0 && snapshot.rows().size() <= leaves;
        if (!hasRoom || !snapshot.changedSince(position, row -> refresh(row, snapshot))) {
            rebuild(snapshot);
        }
        position = snapshot.position();
    }

    Optional<Candidate> best() {
        return candidate(tree[1]);
    }

    /** How many nodes gave each reason. */
    SortedMap<String, Integer> reasons() {
        SortedMap<String, Integer> found = new TreeMap<>();
        for (Outlook each : outlooks) {
            if (each instanceof Outlook.Vain vain) {
                vain.reasons().forEach(reason -> found.merge(reason, 1, Integer::sum));
            }
        }
        return found;
    }

    private void refresh(int row, ClusterSnapshot snapshot) {
        outlooks[row] = look(snapshot.row(row), snapshot);
        int at = leaves + row;
        tree[at] = leaf(row);
        while (at > 1) {
            at /= 2;
            tree[at] = better(tree[2 * at], tree[2 * at + 1]);
        }
    }

    private void rebuild(ClusterSnapshot snapshot) {
        while (leaves < snapshot.rows().size()) {
            leaves *= 2;
        }
        outlooks = new @Nullable Outlook[leaves];
        tree = new int[2 * leaves];
        Arrays.fill(tree, NONE);
        for (NodeView node : snapshot.rows()) {
            outlooks[node.row()] = look(node, snapshot);
            tree[leaves + node.row()] = leaf(node.row());
        }
        for (int at = leaves - 1; at >= 1; at--) {
            tree[at] = better(tree[2 * at], tree[2 * at + 1]);
        }
    }

    /** Null where there is no node. */
    private @Nullable Outlook look(NodeView node, ClusterSnapshot snapshot) {
        if (!node.exists()) {
            return null;
        }
        if (rules.judgeAlone(node) instanceof Verdict.Rejects rejects && !rejects.couldBeFreed()) {
            return Outlook.NOT_HELPFUL;
        }
        try (var stage = new Stage.Alone(node, rules, new Absence(node))) {
            return search.look(node, snapshot.podsOn(node), stage);
        }
    }

    private int leaf(int row) {
        return outlooks[row] instanceof Outlook.Hope ? row : NONE;
    }

    private int better(int one, int other) {
        if (one == NONE || other == NONE) {
            return Math.max(one, other);
        }
        Candidate first = candidate(one).orElseThrow();
        Candidate second = candidate(other).orElseThrow();
        return Candidate.BEST_FIRST.compare(first, second) <= 0 ? one : other;
    }

    private Optional<Candidate> candidate(int row) {
        return row != NONE && outlooks[row] instanceof Outlook.Hope hope
                ? Optional.of(hope.candidate())
                : Optional.empty();
    }
}
