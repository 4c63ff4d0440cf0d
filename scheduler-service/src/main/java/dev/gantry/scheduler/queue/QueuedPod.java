package dev.gantry.scheduler.queue;

import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.time.Instant;

/**
 * A pod in the queue, and where in it.
 *
 * @param attempts how often it was tried
 * @param due when its back-off ends
 * @param since when it became active
 */
record QueuedPod(PodInfo pod, int attempts, Instant due, Instant since, Place place) {
    enum Place {
        ACTIVE,
        BACKING_OFF,
        UNSCHEDULABLE
    }

    QueuedPod at(Place other) {
        return new QueuedPod(pod, attempts, due, since, other);
    }

    QueuedPod activeSince(Instant now) {
        return new QueuedPod(pod, attempts, due, now, Place.ACTIVE);
    }

    /** As a newer version of the pod. */
    QueuedPod as(PodInfo newer) {
        return new QueuedPod(newer, attempts, due, since, place);
    }

    boolean isAt(Place asked) {
        return place == asked;
    }
}
