package dev.gantry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
import java.util.List;
import java.util.Optional;

/** What must hold at every revision, whatever fails. */
final class Invariants {
    private final long seed;

    Invariants(long seed) {
        this.seed = seed;
    }

    void stored(Optional<Resource> before, Resource after, SimulatedState state) {
        if (!after.kind().equals("Pod")) {
            return;
        }
        String node = Resource.text(after.spec(), "nodeName");
        if (before.isPresent() && before.get().uid().equals(after.uid())) {
            String was = Resource.text(before.get().spec(), "nodeName");
            assertThat(was.isEmpty() || was.equals(node))
                    .as("%s is bound once; replay with -Dseed=%d", after.name(), seed)
                    .isTrue();
        }
        if (!node.isEmpty()) {
            Quantity used = used(node, state);
            assertThat(used.compareTo(SimulatedNode.CPU))
                    .as("cpu used on %s is %s; replay with -Dseed=%d", node, used, seed)
                    .isNotPositive();
        }
    }

    /** Who gets a node with a gang gets it when all that the gang's size asks for have one. */
    void committed(Binding binding, SimulatedState state) {
        List<Resource> placed =
                state.list(SimulatedState.PODS).stream()
                        .filter(pod -> !SchedulingWorld.nodeOf(pod).isEmpty())
                        .toList();
        boolean isGangPlaced =
                !binding.party().gang().isEmpty()
                        && placed.stream().anyMatch(pod -> pod.uid().equals(binding.uid()));
        if (isGangPlaced) {
            assertThat(placed)
                    .as("%s; replay with -Dseed=%d", binding, seed)
                    .filteredOn(pod -> SchedulingWorld.gang(pod).equals(binding.party().gang()))
                    .hasSizeGreaterThanOrEqualTo(SchedulingWorld.GANG);
        }
    }

    private static Quantity used(String node, SimulatedState state) {
        Quantity used = Quantity.ZERO;
        for (Resource pod : state.list(SimulatedState.PODS)) {
            String phase = Resource.text(pod.status(), "phase");
            boolean isThere =
                    Resource.text(pod.spec(), "nodeName").equals(node)
                            && !phase.equals("Succeeded")
                            && !phase.equals("Failed");
            if (isThere) {
                used =
                        used.plus(
                                PodResources.requests(pod.spec())
                                        .getOrDefault("cpu", Quantity.ZERO));
            }
        }
        return used;
    }
}
