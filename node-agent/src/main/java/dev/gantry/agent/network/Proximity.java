package dev.gantry.agent.network;

import dev.gantry.agent.network.SliceView.Backend;
import dev.gantry.agent.network.SliceView.Hints;
import java.util.Collection;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which of a Service's ready backends a node prefers, by their hints: those for the node, else
 * those for its zone, else all.
 *
 * <p>Invariant: hints never leave a node without backends. One kind of hint counts only where every
 * ready backend has it, and where at least one of them is for this place.
 *
 * <p>Compat: {@code topologyModeFromHints} of kube-proxy's topology.go.
 */
final class Proximity {
    private Proximity() {}

    static Predicate<Backend> of(Collection<Backend> ready, Place place) {
        return isUsable(ready, Hints::nodes, place.node())
                ? each -> each.hints().nodes().contains(place.node())
                : isUsable(ready, Hints::zones, place.zone())
                        ? each -> each.hints().zones().contains(place.zone())
                        : _ -> true;
    }

    private static boolean isUsable(
            Collection<Backend> ready, Function<Hints, Set<String>> kind, String own) {
        boolean isForUs = false;
        for (Backend each : ready) {
            Set<String> names = kind.apply(each.hints());
            if (names.isEmpty()) {
                return false;
            }
            isForUs |= names.contains(own);
        }
        return isForUs;
    }
}
