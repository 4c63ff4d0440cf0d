package dev.gantry.scheduler.cycle;

import dev.gantry.model.message.Binding;
import dev.gantry.model.message.Binding.Stamp;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.pod.PodDemand;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The pods that take space on a node because we said so, until the feed says it. */
final class Assumptions {
    /** After so long without a word the binding is sent again: state takes only one of the two. */
    private static final Duration UNCONFIRMED = Duration.ofSeconds(30);

    /** Oldest first. */
    private final Map<Uid, Assumed> all = new LinkedHashMap<>();

    /**
     * @param binding may be that of a whole gang
     */
    record Assumed(PodDemand pod, String node, Binding binding, Instant sentAt) {}

    void add(PodDemand pod, String node, Binding binding, Instant now) {
        all.remove(pod.uid());
        all.put(pod.uid(), new Assumed(pod, node, binding, now));
    }

    /** The pod as the feed shows it now. */
    void renew(PodDemand pod) {
        all.computeIfPresent(
                pod.uid(), (_, each) -> new Assumed(pod, each.node, each.binding, each.sentAt));
    }

    Optional<Assumed> find(Uid uid) {
        return Optional.ofNullable(all.get(uid));
    }

    Optional<Assumed> remove(Uid uid) {
        return Optional.ofNullable(all.remove(uid));
    }

    List<Assumed> removeAll() {
        List<Assumed> removed = List.copyOf(all.values());
        all.clear();
        return removed;
    }

    Optional<Instant> nextDue() {
        return all.values().stream().findFirst().map(each -> each.sentAt.plus(UNCONFIRMED));
    }

    /**
     * The bindings that are to be sent again now; one for all whom it speaks of.
     *
     * @param again the same binding as another message: only the answer to the last one counts
     */
    List<Binding> overdue(Instant now, UnaryOperator<Binding> again) {
        Map<Stamp, Binding> overdue = new LinkedHashMap<>();
        for (Assumed each : all.values()) {
            if (each.sentAt.plus(UNCONFIRMED).isAfter(now)) {
                break;
            }
            overdue.computeIfAbsent(each.binding.stamp(), _ -> again.apply(each.binding));
        }
        if (!overdue.isEmpty()) {
            for (Assumed each : List.copyOf(all.values())) {
                Binding next = overdue.get(each.binding.stamp());
                if (next != null) {
                    add(each.pod, each.node, next, now);
                }
            }
        }
        return List.copyOf(overdue.values());
    }
}
