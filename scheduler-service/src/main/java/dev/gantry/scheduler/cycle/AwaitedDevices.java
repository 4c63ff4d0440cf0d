package dev.gantry.scheduler.cycle;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.effect.Effect.Target;
import dev.gantry.scheduler.cycle.Preparations.Prepared;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.device.Allocation;
import dev.gantry.scheduler.snapshot.device.DeviceClaim;
import dev.gantry.scheduler.snapshot.device.Readiness;
import java.util.Optional;

/**
 * Devices whose conditions are to become true while their pod waits. How long that may take counts
 * from when we gave them to the claim; where it had them before, such as from an earlier leader,
 * from when state says it got them.
 *
 * <p>Compat: {@code isPodReadyForBinding}.
 */
final class AwaitedDevices {
    private static final String PREFIX = "running PreBind plugin \"DynamicResources\": ";

    private AwaitedDevices() {}

    /** Empty where the effect is about no device. */
    static Optional<Progress> progress(
            Effect effect, Prepared prepared, ClusterSnapshot snapshot, Patience patience) {
        return switch (effect) {
            case Effect.AllocateClaim allocate ->
                    Optional.of(
                            isOlder(allocate.claim(), prepared, snapshot)
                                    ? Progress.UNSEEN
                                    : progress(
                                            allocate.claim().name(), prepared, snapshot, patience));
            case Effect.MakeClaim make ->
                    Optional.of(progress(make.name(), prepared, snapshot, patience));
            case Effect.ReserveClaim reserve -> {
                String name = reserve.claim().name();
                Patience left =
                        claim(name, prepared, snapshot)
                                .flatMap(DeviceClaim::allocation)
                                .flatMap(Allocation::since)
                                .map(patience::from)
                                .orElse(patience);
                yield Optional.of(progress(name, prepared, snapshot, left));
            }
            default -> Optional.empty();
        };
    }

    /** What the feed tells of is the claim from before, which may have had devices then, too. */
    private static boolean isOlder(Target seen, Prepared prepared, ClusterSnapshot snapshot) {
        return claim(seen.name(), prepared, snapshot)
                .filter(each -> !each.revision().isAfter(seen.revision()))
                .isPresent();
    }

    private static Optional<DeviceClaim> claim(
            String name, Prepared prepared, ClusterSnapshot snapshot) {
        return snapshot.devices().claim(prepared.pod().key().namespace(), name);
    }

    private static Progress progress(
            String name, Prepared prepared, ClusterSnapshot snapshot, Patience patience) {
        String told = "resourceclaims/" + name;
        Optional<DeviceClaim> claim =
                claim(name, prepared, snapshot)
                        .filter(each -> each.allocation().isPresent())
                        .filter(each -> each.isReservedFor(prepared.pod().uid()));
        if (claim.isPresent()) {
            prepared.told().add(told);
            return progress(claim.get(), snapshot.node(prepared.node()), patience);
        }
        return prepared.told().contains(told)
                ? Progress.failed(PREFIX + "claim %s has lost its devices".formatted(name))
                : Progress.UNSEEN;
    }

    private static Progress progress(
            DeviceClaim claim, Optional<NodeView> node, Patience patience) {
        boolean isUsable =
                node.filter(there -> claim.isUsableFrom(there.name(), there.facts().labels()))
                        .isPresent();
        if (!isUsable && !claim.hasFailed()) {
            return Progress.failed(
                    PREFIX + "claim %s cannot be used from the node".formatted(claim.name()));
        }
        return switch (claim.readiness()) {
            case Readiness.Ready _ -> Progress.READY;
            case Readiness.Failed failed -> Progress.failed(PREFIX + failed.why(), claim);
            case Readiness.Waiting _ ->
                    patience.isOver()
                            ? Progress.failed(
                                    PREFIX + "claim %s binding timeout".formatted(claim.name()),
                                    claim)
                            : Progress.WAITING;
        };
    }
}
