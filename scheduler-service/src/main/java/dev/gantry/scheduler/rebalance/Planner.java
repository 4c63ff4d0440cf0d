package dev.gantry.scheduler.rebalance;

import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import java.util.ArrayList;
import java.util.List;

/** Chooses what to move next. The same for the same cluster, log and time. */
public final class Planner {
    private final RebalanceSettings settings;
    private final Profiles profiles;

    public Planner(RebalanceSettings settings, Profiles profiles) {
        this.settings = settings;
        this.profiles = profiles;
    }

    /** As many moves as may be made now; none where nothing would be better for them. */
    public List<Move> plan(QuiescentSnapshot quiescent, MoveLog log, Moment now) {
        List<Move> moves = new ArrayList<>();
        log.led(quiescent.leadingSince(), now);
        int perMinute = log.left(settings.movesPerMinute(), now);
        if (perMinute == 0 || log.isNew(now)) {
            return moves;
        }
        ClusterSnapshot copy = quiescent.listing().rebuild();
        int limit = Math.min(perMinute, settings.mostAtOnce() - log.underway(copy, now));
        if (limit <= 0) {
            return moves;
        }
        var permits = new Permits(copy, quiescent, log, settings.settle(), now);
        var skews = new Skews(copy, profiles);
        var trial = new Trial(copy, profiles);
        if (settings.goals().contains(Goal.RESTORE_SPREAD)) {
            moves.addAll(new RestoringSpread(copy, permits, skews, trial).propose(limit));
        }
        if (settings.goals().contains(Goal.EMPTY_NODES)) {
            var emptying = new EmptyingNodes(copy, permits, skews, trial);
            moves.addAll(emptying.propose(limit - moves.size()));
        }
        return moves;
    }
}
