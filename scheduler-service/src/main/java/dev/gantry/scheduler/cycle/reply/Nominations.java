package dev.gantry.scheduler.cycle.reply;

import dev.gantry.model.message.Binding;
import dev.gantry.model.message.Binding.Stamp;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The pods for which others make way: each takes its space on its node already, so that no pod of
 * lower or equal priority gets in between.
 */
public final class Nominations implements AwaitingReply {
    /** Oldest first. */
    private final Map<Uid, Nomination> all = new LinkedHashMap<>();

    private final Map<String, Set<Uid>> byNode = new LinkedHashMap<>();

    /**
     * @param victims as they were before they were marked as leaving
     * @param binding empty where an earlier leader sent it
     * @param isConfirmed whether the feed has shown it
     */
    public record Nomination(
            PodInfo pod,
            String node,
            List<PlacedPod> victims,
            Optional<Binding> binding,
            Instant sentAt,
            boolean isConfirmed) {
        /**
         * Whether state may place the pod there at any moment. Until the answer is known its space
         * is as good as taken, and the pod is not tried anew.
         */
        public boolean isUnderway() {
            return !isConfirmed && binding.isPresent();
        }

        /** Once the feed has shown it, a refusal can only be that of a message read again. */
        public boolean awaits(Stamp stamp) {
            return isUnderway() && binding.orElseThrow().stamp().equals(stamp);
        }

        /**
         * The pod's revision at which our binding was decided; once state has committed it, there
         * is a later one.
         */
        public long seen() {
            return binding.map(whole -> whole.on(pod.uid()).seen()).orElse(0L);
        }

        private Nomination sent(Binding again, Instant now) {
            return new Nomination(pod, node, victims, Optional.of(again), now, false);
        }
    }

    public void add(Nomination nomination) {
        remove(nomination.pod.uid());
        all.put(nomination.pod.uid(), nomination);
        byNode.computeIfAbsent(nomination.node, _ -> new LinkedHashSet<>())
                .add(nomination.pod.uid());
    }

    public void confirm(Uid uid) {
        all.computeIfPresent(
                uid,
                (_, each) ->
                        new Nomination(
                                each.pod,
                                each.node,
                                each.victims,
                                each.binding,
                                each.sentAt,
                                true));
    }

    public Optional<Nomination> find(Uid uid) {
        return Optional.ofNullable(all.get(uid));
    }

    public Optional<Nomination> remove(Uid uid) {
        Nomination removed = all.remove(uid);
        if (removed != null) {
            byNode.computeIfPresent(
                    removed.node,
                    (_, there) -> {
                        there.remove(uid);
                        return there.isEmpty() ? null : there;
                    });
        }
        return Optional.ofNullable(removed);
    }

    public List<Nomination> on(String node) {
        return byNode.getOrDefault(node, Set.of()).stream().map(all::get).toList();
    }

    /** Those that give way to this priority. */
    public List<Nomination> below(int priority) {
        return all.values().stream()
                .filter(each -> each.pod.priority() < priority && !each.isUnderway())
                .toList();
    }

    public List<Nomination> all() {
        return List.copyOf(all.values());
    }

    @Override
    public Stream<Unacknowledged.Wait> waits() {
        return all.values().stream()
                .filter(Nomination::isUnderway)
                .map(
                        each ->
                                new Unacknowledged.Wait(
                                        each.pod.uid(), each.binding.orElseThrow(), each.sentAt));
    }

    @Override
    public void waitAnew(Uid pod, Binding binding, Instant now) {
        find(pod).ifPresent(each -> add(each.sent(binding, now)));
    }
}
