package dev.gantry.scheduler.placement.ranking;

import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rankings of the signatures that were asked for last. Pods that differ only in what they want
 * of other pods share one.
 *
 * <p>Cost: a ranking takes some 20 to 40 bytes per node, so there are fewer of them in a big
 * cluster.
 */
public final class Rankings {
    private static final int MOST = 128;
    private static final int LEAST = 16;
    private static final int ROWS_IN_ALL = 1 << 21;

    private final Profile profile;
    private final Map<PodSignature, Ranking> bySignature = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Imaged, ImageRanking> byImages = new LinkedHashMap<>(16, 0.75f, true);

    public Rankings(Profile profile) {
        this.profile = profile;
    }

    /** The ranking for such pods, up to date with the snapshot. */
    public Ranking of(PodSignature signature, ClusterSnapshot snapshot) {
        PodSignature alone = signature.alone();
        Ranking ranking = bySignature.get(alone);
        if (ranking == null) {
            makeRoom(bySignature, snapshot);
            ranking = new Ranking(profile, alone);
            bySignature.put(alone, ranking);
        }
        ranking.follow(snapshot);
        return ranking;
    }

    /**
     * The ranking, which is up to date and whose pods have these images, with what they add to it.
     */
    public RankedNodes with(
            List<String> images, int weight, Ranking ranking, ClusterSnapshot snapshot) {
        var key = new Imaged(ranking, images);
        ImageRanking found = byImages.get(key);
        if (found == null) {
            makeRoom(byImages, snapshot);
            found = new ImageRanking(ranking, images, weight);
            byImages.put(key, found);
        }
        found.follow(snapshot);
        return found;
    }

    private static void makeRoom(Map<?, ?> all, ClusterSnapshot snapshot) {
        int limit = Math.clamp(ROWS_IN_ALL / (snapshot.rows().size() + 1), LEAST, MOST);
        Iterator<?> eldest = all.values().iterator();
        while (all.size() >= limit) {
            eldest.next();
            eldest.remove();
        }
    }

    /** Invariant: a ranking equals no other one, not even one of the same signature made later. */
    private record Imaged(Ranking ranking, List<String> images) {}
}
