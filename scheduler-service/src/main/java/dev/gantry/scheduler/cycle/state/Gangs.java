package dev.gantry.scheduler.cycle.state;

import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.pod.Gang;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which pods belong to which gang, and which gangs are complete. */
public final class Gangs {
    private final Map<String, Members> byName = new LinkedHashMap<>();
    private final Map<Uid, String> nameOf = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();

    private static final class Members {
        /**
         * By the annotation of the pod that asks for the largest gang: it must be large enough for
         * all.
         */
        private Gang gang = Gang.NONE;

        private final Map<Uid, Gang> told = new HashMap<>();
        private final Set<Uid> waiting = new LinkedHashSet<>();
        private final Map<Uid, Binding.Pod> placed = new LinkedHashMap<>();

        private void tell(Uid uid, Gang its) {
            Gang before = told.put(uid, its);
            if (its.size() >= gang.size()) {
                gang = its;
            } else if (before != null && before.size() == gang.size()) {
                gang = largest();
            }
        }

        private void remove(Uid uid) {
            told.remove(uid);
            waiting.remove(uid);
            placed.remove(uid);
            gang = largest();
        }

        private Gang largest() {
            Gang found = Gang.NONE;
            for (Gang each : told.values()) {
                found = each.size() > found.size() ? each : found;
            }
            return found;
        }

        private int missing() {
            return Math.max(0, gang.size() - waiting.size() - placed.size());
        }
    }

    /**
     * The gang of a pod as it stands.
     *
     * @param missing how many pods there must be yet
     * @param waiting the pods that have no node, as far as the feed tells
     * @param placed the pods that have one
     */
    public record Standing(Gang gang, int missing, List<Uid> waiting, List<Binding.Pod> placed) {
        /** Whether as many have a node as it takes; others may come one by one. */
        public boolean isWhole() {
            return placed.size() >= gang.size();
        }

        /** How many must get a node together. */
        public int needed() {
            return Math.max(1, gang.size() - placed.size());
        }
    }

    /** Returns whether this pod made its gang complete. */
    public boolean waits(Gang gang, Uid uid) {
        Members members = members(gang, uid);
        int before = members.missing();
        members.placed.remove(uid);
        boolean isNew = members.waiting.add(uid);
        if (isNew && before > 1) {
            changed.add(nameOf.getOrDefault(uid, ""));
        }
        return isNew && before <= 1;
    }

    /** Returns whether it had no node before, as far as we knew. */
    public boolean placed(Gang gang, PodInfo pod) {
        Members members = members(gang, pod.uid());
        members.waiting.remove(pod.uid());
        var named = new Binding.Pod(pod.key().namespace(), pod.key().name(), pod.uid());
        return members.placed.put(pod.uid(), named) == null;
    }

    public void remove(Uid uid) {
        String name = nameOf.remove(uid);
        Members members = name == null ? null : byName.get(name);
        if (members == null) {
            return;
        }
        members.remove(uid);
        changed.add(name);
        if (members.waiting.isEmpty() && members.placed.isEmpty()) {
            byName.remove(name);
            changed.remove(name);
        }
    }

    public Optional<Standing> of(Uid uid) {
        return Optional.ofNullable(nameOf.get(uid)).map(byName::get).map(Gangs::standing);
    }

    /** Those whose number of missing pods changed since this was last asked. */
    public List<Standing> takeChanged() {
        List<Standing> found =
                changed.stream()
                        .flatMap(name -> Optional.ofNullable(byName.get(name)).stream())
                        .map(Gangs::standing)
                        .toList();
        changed.clear();
        return found;
    }

    private static Standing standing(Members each) {
        return new Standing(
                each.gang,
                each.missing(),
                List.copyOf(each.waiting),
                List.copyOf(each.placed.values()));
    }

    /** A pod that was told to be of another gang before leaves that. */
    private Members members(Gang gang, Uid uid) {
        String name = gang.namespace() + "/" + gang.name();
        if (!name.equals(nameOf.getOrDefault(uid, name))) {
            remove(uid);
        }
        nameOf.put(uid, name);
        Members members = byName.computeIfAbsent(name, _ -> new Members());
        members.tell(uid, gang);
        return members;
    }
}
