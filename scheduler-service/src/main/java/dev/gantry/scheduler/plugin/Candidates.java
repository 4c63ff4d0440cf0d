package dev.gantry.scheduler.plugin;

import dev.gantry.scheduler.snapshot.topology.Topology;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rows that are still in the race for one pod. Each rule takes some of them out.
 *
 * <p>Cost: rules loop over a plain array of rows and columns of the snapshot; a call per node would
 * cost more than what is looked at.
 */
public final class Candidates {
    private final int[] rows;
    private final Map<Verdict.Rejects, Integer> rejections = new LinkedHashMap<>();
    private int size;

    /**
     * @param rows the first {@code size} are in the race; ours from now on
     */
    public Candidates(int[] rows, int size) {
        this.rows = rows;
        this.size = size;
    }

    /**
     * The first {@link #size()} are in the race. A rule moves those that it keeps to the front, and
     * those that it takes out behind them: they are asked for afterwards.
     */
    public int[] rows() {
        return rows;
    }

    public int size() {
        return size;
    }

    /**
     * The first {@code kept} rows stay, the others, which stand behind them, are out for this
     * reason.
     */
    public void keep(int kept, Verdict.Rejects why) {
        if (kept < size) {
            rejections.merge(why, size - kept, Integer::sum);
            size = kept;
        }
    }

    /**
     * Keeps the rows of some domains.
     *
     * @param isAllowed by domain
     * @param allowsUnlabelled whether rows without a domain stay
     */
    public void keepDomains(
            Topology topology, boolean[] isAllowed, boolean allowsUnlabelled, Verdict.Rejects why) {
        int[] domains = topology.column();
        int kept = 0;
        for (int i = 0; i < size; i++) {
            int row = rows[i];
            int domain = domains[row];
            rows[i] = rows[kept];
            rows[kept] = row;
            kept += (domain == Topology.NONE ? allowsUnlabelled : isAllowed[domain]) ? 1 : 0;
        }
        keep(kept, why);
    }

    /** How many were taken out for which reason since this was last asked. */
    public Map<Verdict.Rejects, Integer> takeRejections() {
        Map<Verdict.Rejects, Integer> taken = new LinkedHashMap<>(rejections);
        rejections.clear();
        return taken;
    }
}
