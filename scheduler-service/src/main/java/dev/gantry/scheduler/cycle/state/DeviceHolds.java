package dev.gantry.scheduler.cycle.state;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import java.time.Duration;
import java.util.List;

/**
 * Devices that bindings may have given to pods that are unknown, bound, or gone: the feeds of pods
 * and of claims are not in step, so they stay taken for a while.
 */
public final class DeviceHolds {
    /** By how much one feed may be behind another, at most, while we are awake. */
    private static final Duration FEEDS_APART = Duration.ofSeconds(30);

    private final ClusterSnapshot snapshot;
    private final AwakeTime awake;

    public DeviceHolds(ClusterSnapshot snapshot, AwakeTime awake) {
        this.snapshot = snapshot;
        this.awake = awake;
    }

    /** A binding may have given them to a pod that is unknown, or on its node already. */
    public void keep(Uid uid, List<Effect> effects) {
        snapshot.devices().reserve(uid, effects);
        leave(uid);
    }

    /** The binding of such a pod was rejected: it gave none. */
    public void refuse(Uid uid, List<Effect> effects) {
        snapshot.devices().refused(uid, effects);
    }

    /** What the pod got and the feed has not shown yet stays taken, whatever comes of it. */
    public void leave(Uid uid) {
        snapshot.devices().leave(uid, awake.now().plus(FEEDS_APART));
    }

    /** Frees what has been kept for long enough. Returns whether there was any. */
    public boolean expire() {
        return snapshot.devices().expire(awake.now());
    }
}
