package dev.gantry.scheduler.plugin.imagelocality;

import dev.gantry.scheduler.plugin.Candidates;
import dev.gantry.scheduler.plugin.Preference;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.column.IntCounts;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
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
    public Basis basis() {
        return Basis.IMAGES;
    }

    /**
     * Cost: in a big cluster an image has to lie on many nodes to be worth anything (500 MB on 5 of
     * a hundred), so most pods are not concerned.
     */
    @Override
    public boolean concerns(PodInfo pod, ClusterSnapshot snapshot) {
        long most = 0;
        for (String image : pod.signature().images()) {
            most += weighed(snapshot.images().largest(image), share(image, snapshot));
        }
        return most > LEAST;
    }

    /** Which part of the nodes has each of the images. */
    public static double[] shares(List<String> images, ClusterSnapshot snapshot) {
        double[] shares = new double[images.size()];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = share(images.get(i), snapshot);
        }
        return shares;
    }

    /**
     * What a node gets that has a pod's images in these sizes.
     *
     * @param kibibytes zero where it has not
     */
    public static int score(int[] kibibytes, double[] shares) {
        long sum = 0;
        for (int i = 0; i < kibibytes.length; i++) {
            sum += weighed(kibibytes[i], shares[i]);
        }
        return score(sum, kibibytes.length);
    }

    @Override
    public ToIntFunction<NodeView> prepare(
            PodInfo pod, ClusterSnapshot snapshot, List<NodeView> left) {
        List<String> images = pod.signature().images();
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
                    sum += weighed(size, holders / (double) nodes.size());
                }
            }
            return score(sum, images.size());
        };
    }

    @Override
    public int[] scores(PodInfo pod, ClusterSnapshot snapshot, Candidates left) {
        List<String> images = pod.signature().images();
        double[] shares = shares(images, snapshot);
        long[] sums = new long[left.size()];
        int[] rows = left.rows();
        for (int image = 0; image < shares.length; image++) {
            IntCounts sizes = snapshot.images().of(images.get(image));
            for (int i = 0; i < sums.length; i++) {
                sums[i] += weighed(sizes.get(rows[i]), shares[image]);
            }
        }
        int[] scores = new int[sums.length];
        for (int i = 0; i < sums.length; i++) {
            scores[i] = score(sums[i], images.size());
        }
        return scores;
    }

    private static double share(String image, ClusterSnapshot snapshot) {
        int holders = snapshot.images().of(image).size();
        return holders == 0 ? 0 : holders / (double) snapshot.nodeCount();
    }

    private static long weighed(int kibibytes, double share) {
        return (long) (kibibytes * share);
    }

    private static int score(long sum, int containers) {
        long most = Math.max(LEAST + 1, MOST_PER_CONTAINER * containers);
        return (int) (MAX * (Math.clamp(sum, LEAST, most) - LEAST) / (most - LEAST));
    }
}
