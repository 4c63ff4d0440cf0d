package dev.gantry.scheduler.cycle.prebind;

import dev.gantry.model.device.Readiness;
import dev.gantry.model.effect.Effect;
import dev.gantry.model.effect.Effect.Target;
import dev.gantry.scheduler.cycle.prebind.Preparations.Prepared;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.device.Allocation;
import dev.gantry.scheduler.snapshot.device.DeviceClaim;
import dev.gantry.scheduler.snapshot.node.NodeView;
import java.util.List;
import java.util.Optional;

/**
 * Devices whose conditions are to become true while their pod waits. How long that may take counts
 * from when we gave them to the claim; where it had them before, such as from an earlier leader,
 * from when state says it got them.
 *
 * <p>Compat: {@code isPodReadyForBinding}.
 */
public final class AwaitedDevices {
    private static final String PREFIX = "running PreBind plugin \"DynamicResources\": ";

    private AwaitedDevices() {}

    static Progress progress(
            Effect.OnDevices effect,
            Prepared prepared,
            ClusterSnapshot snapshot,
            Patience patience) {
        return switch (effect) {
            case Effect.GivesDevices gives -> given(gives.target(), prepared, snapshot, patience);
            case Effect.ReserveClaim reserve -> {
                Optional<DeviceClaim> claim = claim(reserve.claim(), snapshot);
                Patience left =
                        claim.flatMap(DeviceClaim::allocation)
                                .flatMap(Allocation::since)
                                .map(patience::from)
                                .orElse(patience);
                yield held(reserve.claim(), claim, prepared, snapshot, left);
            }
            case Effect.FreeClaim _ -> Progress.READY;
        };
    }

    /**
     * The binding that comes after the wait holds only while the claims are still the pod's: those
     * that were shared, given devices, or made.
     */
    public static List<Effect> reservations(Prepared prepared, ClusterSnapshot snapshot) {
        return prepared.before().stream()
                .flatMap(each -> target(each).stream())
                .flatMap(each -> claim(each, snapshot).stream())
                .<Effect>map(each -> new Effect.ReserveClaim(each.target()))
                .toList();
    }

    private static Optional<Target> target(Effect effect) {
        return switch (effect) {
            case Effect.GivesDevices gives -> Optional.of(gives.target());
            case Effect.ReserveClaim reserve -> Optional.of(reserve.claim());
            case Effect.FreeClaim _, Effect.OnVolumes _ -> Optional.empty();
        };
    }

    /** What the feed tells of the claim from before is no answer: it may have had devices, too. */
    private static Progress given(
            Target target, Prepared prepared, ClusterSnapshot snapshot, Patience patience) {
        Optional<DeviceClaim> answer =
                claim(target, snapshot).filter(each -> target.isAnsweredBy(each.revision()));
        answer.ifPresent(_ -> prepared.told().add(effectName(target)));
        return held(target, answer, prepared, snapshot, patience);
    }

    private static String effectName(Target claim) {
        return "resourceclaims/" + claim.name();
    }

    private static Optional<DeviceClaim> claim(Target target, ClusterSnapshot snapshot) {
        return snapshot.devices().claim(target.namespace(), target.name());
    }

    private static Progress held(
            Target target,
            Optional<DeviceClaim> told,
            Prepared prepared,
            ClusterSnapshot snapshot,
            Patience patience) {
        Optional<DeviceClaim> claim =
                told.filter(each -> each.allocation().isPresent())
                        .filter(each -> each.isReservedFor(prepared.pod().uid()));
        if (claim.isPresent()) {
            prepared.told().add(effectName(target));
            return progress(claim.get(), snapshot.node(prepared.node()), patience);
        }
        return prepared.told().contains(effectName(target))
                ? Progress.failed(PREFIX + "claim %s has lost its devices".formatted(target.name()))
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
