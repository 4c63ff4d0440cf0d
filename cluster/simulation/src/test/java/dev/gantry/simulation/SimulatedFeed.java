package dev.gantry.simulation;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One service's view: per resource a prefix of the log, each as far behind as chance has it. Order
 * holds within a resource and not between resources, as on the topics.
 */
final class SimulatedFeed implements ClusterReader {
    private final SimulatedState state;
    private final Map<GroupResource, Integer> positions = new TreeMap<>();
    private final Map<GroupResource, Integer> atStart = new TreeMap<>();
    private final Map<GroupResource, Revision> revisions = new TreeMap<>();
    private final Map<ObjectKey, Resource> objects = new TreeMap<>();
    private final List<Consumer<Controller.Change>> listeners = new ArrayList<>();
    private Optional<Random> compacting = Optional.empty();
    private Optional<GroupResource> stalled = Optional.empty();

    SimulatedFeed(SimulatedState state, Iterable<GroupResource> resources) {
        this.state = state;
        for (GroupResource resource : resources) {
            positions.put(resource, 0);
            atStart.put(resource, state.log(resource).size());
        }
    }

    void listen(Consumer<Controller.Change> listener) {
        listeners.add(listener);
    }

    boolean isCaughtUp() {
        return atStart.entrySet().stream().allMatch(e -> positions.get(e.getKey()) >= e.getValue());
    }

    /**
     * What a later change outdated may not be told at all, as on a compacted topic. Only what is
     * old is compacted: whoever listens hears of all that happens meanwhile.
     */
    void compact(Random luck) {
        compacting = Optional.of(luck);
    }

    /** Until told otherwise, nothing is delivered of this one, or of none. */
    void stall(Optional<GroupResource> which) {
        stalled = which;
    }

    /** Delivers some of what waits. */
    void advance(Random random) {
        for (GroupResource resource : List.copyOf(positions.keySet())) {
            if (stalled.filter(resource::equals).isPresent()) {
                continue;
            }
            int waiting = state.log(resource).size() - positions.get(resource);
            int count = waiting == 0 ? 0 : random.nextInt(waiting + 1);
            for (int i = 0; i < count; i++) {
                next(resource).ifPresent(each -> deliver(resource, each));
            }
        }
    }

    /** Empty where a later change outdates it that was there before we began to listen. */
    private Optional<SimulatedLog.Entry> next(GroupResource resource) {
        int position = positions.merge(resource, 1, Integer::sum) - 1;
        SimulatedLog.Entry entry = state.log(resource).get(position);
        return compacting
                        .filter(luck -> isOutdated(resource, position) && luck.nextInt(3) == 0)
                        .isPresent()
                ? Optional.empty()
                : Optional.of(entry);
    }

    private boolean isOutdated(GroupResource resource, int position) {
        List<SimulatedLog.Entry> log = state.log(resource);
        int end = Math.max(position + 1, atStart.get(resource));
        return log.subList(position + 1, end).stream()
                .anyMatch(later -> later.key().equals(log.get(position).key()));
    }

    private void deliver(GroupResource resource, SimulatedLog.Entry entry) {
        Optional<Resource> before = Optional.ofNullable(objects.get(entry.key()));
        if (entry.after().isPresent()) {
            objects.put(entry.key(), entry.after().get());
            revisions.put(resource, entry.after().get().revision());
        } else if (before.isPresent()) {
            objects.remove(entry.key());
        } else {
            return;
        }
        var change = new Controller.Change(entry.key(), before, entry.after());
        listeners.forEach(each -> each.accept(change));
    }

    Revision revision(GroupResource resource) {
        return revisions.getOrDefault(resource, Revision.NONE);
    }

    @Override
    public Optional<Resource> get(ObjectKey key) {
        return Optional.ofNullable(objects.get(key));
    }

    @Override
    public List<Resource> list(GroupResource resource) {
        return objects.entrySet().stream()
                .filter(each -> each.getKey().resource().equals(resource))
                .map(Map.Entry::getValue)
                .toList();
    }
}
