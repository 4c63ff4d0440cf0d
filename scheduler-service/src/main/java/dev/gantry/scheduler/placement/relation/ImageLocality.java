package dev.gantry.scheduler.placement.relation;

import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.IntCounts;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodDemand;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The more of the pod's images, by size, a node has already, the better; an image counts by the
 * share of nodes that have it, lest all pods run to the only node that does.
 *
 * <p>Compat: upstream's ImageLocality with its limits of 23 MB and, per container, 1000 MB.
 */
public final class ImageLocality implements Preference {
    private static final long LEAST = 23 * 1024;
    private static final long MOST_PER_CONTAINER = 1000 * 1024;

    @Override
    public String name() {
        return "ImageLocality";
    }

    @Override
    public boolean concerns(PodDemand pod, ClusterSnapshot snapshot) {
        for (String image : pod.shape().images()) {
            if (snapshot.images().of(image).size() > 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public ToIntFunction<NodeView> prepare(
            PodDemand pod, ClusterSnapshot snapshot, List<NodeView> left) {
        List<String> images = pod.shape().images();
        List<NodeView> nodes = snapshot.rows().stream().filter(NodeView::exists).toList();
        return node -> {
            long sum = 0;
            for (String image : images) {
                Integer size = node.facts().images().get(image);
                if (size != null) {
                    long holders =
                            nodes.stream()
                                    .filter(each -> each.facts().images().containsKey(image))
                                    .count();
                    sum += weighed(size, (int) holders, nodes.size());
                }
            }
            return score(sum, images.size());
        };
    }

    @Override
    public int[] scores(PodDemand pod, ClusterSnapshot snapshot, Candidates left) {
        List<String> images = pod.shape().images();
        long[] sums = new long[left.size()];
        int[] rows = left.rows();
        for (String image : images) {
            IntCounts sizes = snapshot.images().of(image);
            for (int i = 0; i < sums.length; i++) {
                int size = sizes.get(rows[i]);
                sums[i] += size == 0 ? 0 : weighed(size, sizes.size(), snapshot.nodeCount());
            }
        }
        int[] scores = new int[sums.length];
        for (int i = 0; i < sums.length; i++) {
            scores[i] = score(sums[i], images.size());
        }
        return scores;
    }

    private static long weighed(int size, int holders, int nodes) {
        return (long) (size * (holders / (double) nodes));
    }

    private static int score(long sum, int containers) {
        long most = Math.max(LEAST + 1, MOST_PER_CONTAINER * containers);
        return (int) (MAX * (Math.clamp(sum, LEAST, most) - LEAST) / (most - LEAST));
    }
}
