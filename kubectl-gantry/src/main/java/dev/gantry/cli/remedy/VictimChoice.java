package dev.gantry.cli.remedy;

import dev.gantry.cli.remedy.NodeRemedy.PodsLeave;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which pods would have to leave a node for another to fit: as few as can be, rather those of low
 * priority.
 *
 * <p>Steps: those of lower priority than the pod first; only if they are not enough, all. Of these,
 * one that suffices alone; else two; else take all off and put back, the most important first,
 * whatever the pod can live with.
 *
 * <p>Constraint: a pod of a DaemonSet would come back at once, so it stays.
 *
 * <p>Cost: pairs are only tried among {@link #PAIRED} pods; with more, the answer is still minimal
 * in that none of the pods could stay, but there might be one with fewer.
 */
final class VictimChoice {
    private static final int PAIRED = 32;
    private static final int NAMED = 4;

    private final Case each;
    private final String rule;

    private VictimChoice(Case each, String rule) {
        this.each = each;
        this.rule = rule;
    }

    static Optional<PodsLeave> from(Case each, String rule, String because) {
        return among(each, rule, because, each.whatIf().podsOn(each.node()));
    }

    static Optional<PodsLeave> among(
            Case each, String rule, String because, List<Resource> candidates) {
        int priority = priority(each.pod());
        List<Resource> all =
                candidates.stream()
                        .filter(pod -> !pod.uid().equals(each.pod().uid()))
                        .filter(pod -> !returns(pod))
                        .sorted(Comparator.comparingInt(VictimChoice::priority))
                        .toList();
        List<Resource> lower = all.stream().filter(pod -> priority(pod) < priority).toList();
        var choice = new VictimChoice(each, rule);
        Optional<PodsLeave> few =
                choice.fewest(lower)
                        .map(keys -> leave(each, keys, Integer.toString(priority), because));
        return few.isPresent()
                ? few
                : choice.fewest(all).map(keys -> leave(each, keys, "", because));
    }

    private static PodsLeave leave(Case each, List<ObjectKey> pods, String below, String because) {
        return new PodsLeave(each.node(), pods, below, because);
    }

    private Optional<List<ObjectKey>> fewest(List<Resource> candidates) {
        List<ObjectKey> keys = candidates.stream().map(VictimChoice::key).toList();
        if (keys.isEmpty() || !suffices(keys)) {
            return Optional.empty();
        }
        for (ObjectKey one : keys) {
            if (suffices(List.of(one))) {
                return Optional.of(List.of(one));
            }
        }
        return pair(keys).or(() -> Optional.of(reprieved(keys)));
    }

    private Optional<List<ObjectKey>> pair(List<ObjectKey> keys) {
        if (keys.size() > PAIRED) {
            return Optional.empty();
        }
        for (int second = 1; second < keys.size(); second++) {
            for (int first = 0; first < second; first++) {
                List<ObjectKey> two = List.of(keys.get(first), keys.get(second));
                if (suffices(two)) {
                    return Optional.of(two);
                }
            }
        }
        return Optional.empty();
    }

    private List<ObjectKey> reprieved(List<ObjectKey> keys) {
        List<ObjectKey> leaving = new ArrayList<>(keys);
        for (ObjectKey spared : keys.reversed()) {
            leaving.remove(spared);
            if (!suffices(leaving)) {
                leaving.add(spared);
            }
        }
        return leaving.stream().sorted().toList();
    }

    private boolean suffices(List<ObjectKey> leaving) {
        return each.silences(rule, List.of(leave(each, leaving, "", "")));
    }

    static String count(List<ObjectKey> pods) {
        return pods.size() == 1 ? "1 pod" : pods.size() + " pods";
    }

    /** Of many only some. */
    static String names(List<ObjectKey> pods) {
        String some =
                pods.stream().limit(NAMED).map(ObjectKey::path).collect(Collectors.joining(", "));
        return pods.size() > NAMED ? some + ", …" : some;
    }

    private static boolean returns(Resource pod) {
        return pod.owners().stream().anyMatch(owner -> owner.kind().equals("DaemonSet"));
    }

    static int priority(Resource pod) {
        return pod.spec().path("priority").asInt(0);
    }

    private static ObjectKey key(Resource pod) {
        return pod.key(Resources.PODS);
    }
}
