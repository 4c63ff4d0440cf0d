package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.pod.PodShape;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rankings of the shapes that were asked for last. Pods that differ only in what they want of
 * other pods share one.
 *
 * <p>Cost: a ranking takes some 20 to 40 bytes per node, so there are fewer of them in a big
 * cluster.
 */
final class Rankings {
    private static final int MOST = 128;
    private static final int LEAST = 16;
    private static final int ROWS_IN_ALL = 1 << 21;

    private final Profile profile;
    private final Map<PodShape, Ranking> byShape = new LinkedHashMap<>(16, 0.75f, true);

    Rankings(Profile profile) {
        this.profile = profile;
    }

    /** The ranking for such pods, up to date with the snapshot. */
    Ranking of(PodShape shape, ClusterSnapshot snapshot) {
        PodShape alone = shape.alone();
        Ranking ranking = byShape.get(alone);
        if (ranking == null) {
            makeRoom(snapshot.rows().size());
            ranking = new Ranking(profile, alone);
            byShape.put(alone, ranking);
        }
        ranking.follow(snapshot);
        return ranking;
    }

    private void makeRoom(int rows) {
        int limit = Math.clamp(ROWS_IN_ALL / (rows + 1), LEAST, MOST);
        Iterator<Ranking> eldest = byShape.values().iterator();
        while (byShape.size() >= limit) {
            eldest.next();
            eldest.remove();
        }
    }
}
