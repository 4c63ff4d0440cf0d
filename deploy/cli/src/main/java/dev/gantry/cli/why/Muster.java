package dev.gantry.cli.why;

import dev.gantry.cli.world.Sandbox;
import dev.gantry.cli.world.World;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.Gang;
import dev.gantry.scheduler.placement.Placement;
import dev.gantry.scheduler.placement.Placement.Placed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The pods of a gang that are there.
 *
 * @param gang as that pod tells of it that wants the most others
 * @param placed those that have a node
 * @param waiting those that have none
 */
record Muster(Gang gang, List<Resource> placed, List<Resource> waiting) {
    /** Where a pod would go, or why it would go nowhere. */
    record Seat(Resource pod, Placement placement) {
        Optional<String> node() {
            return placement instanceof Placed placed
                    ? Optional.of(placed.node())
                    : Optional.empty();
        }

        String why() {
            return placement instanceof Placement.Unplaced unplaced ? unplaced.message("") : "";
        }

        Optional<Resource> seated() {
            return node().map(
                            node -> {
                                Resource copy = pod.copy();
                                Resource.child(copy.tree(), "spec").put("nodeName", node);
                                return copy;
                            });
        }
    }

    /** Of the pod's gang; empty where it has none, or one that has its nodes and needs no more. */
    static Optional<Muster> of(World world, Resource pod) {
        Gang named = Gang.of(pod);
        if (named.isNone()) {
            return Optional.empty();
        }
        List<Resource> placed = new ArrayList<>();
        List<Resource> waiting = new ArrayList<>();
        Gang gang = named;
        for (Resource each : world.pods()) {
            Gang its = Gang.of(each);
            if (isOf(named, its) && isThere(each)) {
                boolean isPlaced = !Resource.text(each.spec(), "nodeName").isEmpty();
                (isPlaced ? placed : waiting).add(each);
                gang = its.size() > gang.size() ? its : gang;
            }
        }
        if (placed.size() >= gang.size()) {
            return Optional.empty();
        }
        waiting.sort(
                Comparator.comparing((Resource each) -> each.creationTime().orElse(Instant.MAX))
                        .thenComparing(Resource::name));
        return Optional.of(new Muster(gang, List.copyOf(placed), List.copyOf(waiting)));
    }

    private static boolean isOf(Gang gang, Gang its) {
        return its.name().equals(gang.name()) && its.namespace().equals(gang.namespace());
    }

    /** Whoever is held by scheduling gates does not count yet. */
    private static boolean isThere(Resource pod) {
        return !pod.isBeingDeleted()
                && pod.spec().path("schedulingGates").isEmpty()
                && !Resource.text(pod.status(), "phase").matches("Succeeded|Failed");
    }

    int missing() {
        return Math.max(0, gang.size() - placed.size() - waiting.size());
    }

    /**
     * Where those that wait would go: one after the other, each on what the ones before have left,
     * as the scheduler tries them; but where one finds no place the rest is tried all the same.
     * Afterwards the sandbox is as before.
     */
    List<Seat> seats(Sandbox sandbox, UnaryOperator<Resource> edited) {
        return sandbox.tryOut(
                () -> {
                    List<Seat> seats = new ArrayList<>();
                    for (Resource each : waiting) {
                        Resource pod = edited.apply(each);
                        var seat = new Seat(pod, sandbox.place(pod));
                        seat.seated()
                                .ifPresent(
                                        seated ->
                                                sandbox.put(
                                                        World.pod(pod.namespace(), pod.name()),
                                                        seated));
                        seats.add(seat);
                    }
                    return seats;
                });
    }

    boolean allFit(Sandbox sandbox, UnaryOperator<Resource> edited) {
        return seats(sandbox, edited).stream().allMatch(each -> each.node().isPresent());
    }
}
