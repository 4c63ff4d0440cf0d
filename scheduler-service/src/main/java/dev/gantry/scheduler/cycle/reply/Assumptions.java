package dev.gantry.scheduler.cycle.reply;

import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The pods that take space on a node because we sent a binding, until the feed shows it. */
public final class Assumptions implements AwaitingReply {
    /** Oldest first. */
    private final Map<Uid, Assumed> all = new LinkedHashMap<>();

    /**
     * @param binding may be that of a whole gang
     */
    public record Assumed(PodInfo pod, String node, Binding binding, Instant sentAt) {}

    public void add(PodInfo pod, String node, Binding binding, Instant now) {
        all.remove(pod.uid());
        all.put(pod.uid(), new Assumed(pod, node, binding, now));
    }

    /** The pod as the feed shows it now. */
    public void renew(PodInfo pod) {
        all.computeIfPresent(
                pod.uid(), (_, each) -> new Assumed(pod, each.node, each.binding, each.sentAt));
    }

    public Optional<Assumed> find(Uid uid) {
        return Optional.ofNullable(all.get(uid));
    }

    public Optional<Assumed> remove(Uid uid) {
        return Optional.ofNullable(all.remove(uid));
    }

    public List<Assumed> removeAll() {
        List<Assumed> removed = List.copyOf(all.values());
        all.clear();
        return removed;
    }

    @Override
    public Stream<Unacknowledged.Wait> waits() {
        return all.entrySet().stream()
                .map(
                        each ->
                                new Unacknowledged.Wait(
                                        each.getKey(),
                                        each.getValue().binding,
                                        each.getValue().sentAt));
    }

    @Override
    public void waitAnew(Uid pod, Binding binding, Instant now) {
        find(pod).ifPresent(each -> add(each.pod, each.node, binding, now));
    }
}
