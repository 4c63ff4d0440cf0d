package dev.gantry.scheduler.plugin.dynamicresources;

import dev.gantry.scheduler.plugin.Candidates;
import dev.gantry.scheduler.plugin.Preference;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.device.DeviceClaim;
import dev.gantry.scheduler.snapshot.device.DeviceRequest;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * The earlier in a claim's lists of alternatives are those that a node can give, the better.
 *
 * <p>Compat: dynamicresources' {@code computeScore}, normalized: the best node gets 100.
 *
 * <p>Cost: devices are searched for a second time; few pods have claims with alternatives.
 */
public final class DynamicResourcesScore implements Preference {
    /** Compat: FirstAvailableDeviceRequestMaxSize. */
    private static final int MOST_ALTERNATIVES = 8;

    private final Selectors selectors;

    DynamicResourcesScore(Selectors selectors) {
        this.selectors = selectors;
    }

    @Override
    public String name() {
        return "DynamicResources";
    }

    @Override
    public boolean concerns(PodInfo pod, ClusterSnapshot snapshot) {
        return !pod.needs().claims().isNone()
                && needed(pod, snapshot).open().stream()
                        .map(DeviceClaim::requests)
                        .flatMap(List::stream)
                        .anyMatch(request -> request.options().size() > 1);
    }

    @Override
    public ToIntFunction<NodeView> prepare(
            PodInfo pod, ClusterSnapshot snapshot, List<NodeView> left) {
        NeededDevices needed = needed(pod, snapshot);
        int best = left.stream().mapToInt(node -> worth(needed, node)).max().orElse(0);
        return node -> share(worth(needed, node), best);
    }

    @Override
    public int[] scores(PodInfo pod, ClusterSnapshot snapshot, Candidates left) {
        NeededDevices needed = needed(pod, snapshot);
        int[] scores = new int[left.size()];
        int best = 0;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = worth(needed, snapshot.row(left.rows()[i]));
            best = Math.max(best, scores[i]);
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] = share(scores[i], best);
        }
        return scores;
    }

    private NeededDevices needed(PodInfo pod, ClusterSnapshot snapshot) {
        return new NeededDevices(pod, snapshot, selectors);
    }

    private static int share(int worth, int best) {
        return best == 0 ? 0 : MAX * worth / best;
    }

    /** An alternative counts once, however many devices it takes. */
    private static int worth(NeededDevices needed, NodeView node) {
        if (!(needed.allocateOn(node) instanceof Allocator.Outcome.Found found)) {
            return 0;
        }
        int worth = 0;
        for (List<Grant> grants : found.byClaim()) {
            Set<String> counted = new HashSet<>();
            for (Grant each : grants) {
                DeviceRequest request = each.request();
                if (isList(each) && counted.add(each.option().name())) {
                    worth += MOST_ALTERNATIVES - request.options().indexOf(each.option());
                }
            }
        }
        return worth;
    }

    /** The name of an alternative has two parts; also where there is only one. */
    private static boolean isList(Grant grant) {
        return grant.option().name().contains("/");
    }
}
