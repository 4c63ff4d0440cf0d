package dev.gantry.scheduler.placement.relation;

import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.PodDemand;
import dev.gantry.scheduler.snapshot.PodQuestion;
import dev.gantry.scheduler.snapshot.PodRelations.Liking;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Preferred pod affinity and anti-affinity of the pod itself. */
public final class LikedNeighbours implements Preference {
    private static final int MAX = 100;

    @Override
    public String name() {
        return "InterPodAffinity";
    }

    @Override
    public boolean concerns(PodDemand pod) {
        return !pod.shape().relations().liked().isEmpty();
    }

    @Override
    public ToIntFunction<NodeView> prepare(PodDemand pod, ClusterSnapshot snapshot) {
        List<Weighed> all = new ArrayList<>();
        for (Liking each : pod.shape().relations().liked()) {
            int[] rows = snapshot.count(new PodQuestion(List.of(each.term()), true));
            String key = each.term().topologyKey();
            all.add(new Weighed(each.weight(), key, Domains.sum(rows, key, snapshot)));
        }
        long least = 0;
        long most = 0;
        for (NodeView node : snapshot.rows()) {
            if (node.exists()) {
                long sum = sum(node, all);
                least = Math.min(least, sum);
                most = Math.max(most, sum);
            }
        }
        long from = least;
        long width = Math.max(1, most - least);
        return node -> (int) ((sum(node, all) - from) * MAX / width);
    }

    private static long sum(NodeView node, List<Weighed> all) {
        long sum = 0;
        for (Weighed each : all) {
            String domain = Domains.of(node, each.topologyKey);
            if (domain != null) {
                sum += (long) each.weight * each.pods.getOrDefault(domain, 0);
            }
        }
        return sum;
    }

    private record Weighed(int weight, String topologyKey, Map<String, Integer> pods) {}
}
