package dev.gantry.scheduler.cycle.state;

import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.pod.Gang;
import dev.gantry.model.pod.PodGroup;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which pods belong to which gang, and which gangs are complete.
 *
 * <p>A pod may leave it to its PodGroup to say how large the gang is. The group may come later than
 * the pod, go while pods wait, and come again with another policy: what it says holds for all its
 * pods at once.
 *
 * <p>Example: three pods name the group {@code team}, which is not there: all wait. It comes with a
 * minCount of 3, and the gang is complete; with one of 4 it lacks a pod; with the policy {@code
 * basic} its pods are in no gang.
 */
public final class Gangs {
    private final Map<String, Members> byName = new LinkedHashMap<>();
    private final Map<Uid, String> nameOf = new HashMap<>();
    private final Map<String, PodGroup> groups = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();

    /**
     * The gang of a pod as it stands.
     *
     * @param gang its size is 0 where there is no PodGroup yet that says it
     * @param missing how many pods there must be yet; 1 where nobody knows
     * @param waiting the pods that have no node, as far as the feed tells
     * @param placed the pods that have one
     */
    public record Standing(Gang gang, int missing, List<Uid> waiting, List<Binding.Pod> placed) {
        /** Whether as many have a node as it takes; others may come one by one. */
        public boolean isWhole() {
            return placed.size() >= gang.size();
        }

        /** Whether there is no PodGroup although it is for one to say how large the gang is. */
        public boolean lacksPodGroup() {
            return gang.isForPodGroupToSay();
        }

        /** What an incomplete gang waits for. */
        public String lack() {
            return lacksPodGroup()
                    ? "waiting for the pod group \"%s\" to be made".formatted(gang.name())
                    : "pod group \"%s\" is waiting for %d of its %d pods"
                            .formatted(gang.name(), missing, gang.size());
        }

        /** How many must get a node together. */
        public int needed() {
            return Math.max(1, gang.size() - placed.size());
        }
    }

    /** Returns whether this pod came to a gang that is complete. */
    boolean waits(Gang gang, Uid uid) {
        Members members = members(gang, uid);
        boolean isNew = members.waits(uid);
        if (isNew && isIncomplete(members)) {
            changed.add(members.name);
            return false;
        }
        return isNew;
    }

    /** Returns whether it had no node before, as far as we knew. */
    boolean placed(Gang gang, PodInfo pod) {
        var named = new Binding.Pod(pod.key().namespace(), pod.key().name(), pod.uid());
        return members(gang, pod.uid()).placed(named);
    }

    void remove(Uid uid) {
        String name = nameOf.remove(uid);
        Members members = name == null ? null : byName.get(name);
        if (members == null) {
            return;
        }
        members.remove(uid);
        changed.add(name);
        if (members.isEmpty()) {
            byName.remove(name);
            changed.remove(name);
        }
    }

    /** Returns the pods to be tried now that the group says this. */
    List<Uid> groupSeen(PodGroup group) {
        String name = nameOf(group.namespace(), group.name());
        boolean isNews = !group.equals(groups.put(name, group));
        Members members = byName.get(name);
        if (!isNews || members == null) {
            return List.of();
        }
        if (isIncomplete(members)) {
            changed.add(name);
            return List.of();
        }
        return members.waiting();
    }

    void groupGone(String namespace, String name) {
        String gone = nameOf(namespace, name);
        if (groups.remove(gone) != null && byName.containsKey(gone)) {
            changed.add(gone);
        }
    }

    /** Empty where the pod is placed as if it were alone. */
    Optional<Standing> of(Uid uid) {
        return Optional.ofNullable(nameOf.get(uid)).map(byName::get).flatMap(this::standing);
    }

    /** Those whose number of missing pods may have changed since this was last asked. */
    List<Standing> takeChanged() {
        List<Standing> found =
                changed.stream()
                        .flatMap(name -> Optional.ofNullable(byName.get(name)).stream())
                        .flatMap(members -> standing(members).stream())
                        .toList();
        changed.clear();
        return found;
    }

    private boolean isIncomplete(Members members) {
        return standing(members).filter(each -> each.missing() > 0).isPresent();
    }

    private Optional<Standing> standing(Members members) {
        Gang gang = members.gang(Optional.ofNullable(groups.get(members.name)));
        return gang.isNone() ? Optional.empty() : Optional.of(members.standing(gang));
    }

    /** A pod that was told to be of another gang before leaves that. */
    private Members members(Gang gang, Uid uid) {
        String name = nameOf(gang.namespace(), gang.name());
        if (!name.equals(nameOf.getOrDefault(uid, name))) {
            remove(uid);
        }
        nameOf.put(uid, name);
        Members members = byName.computeIfAbsent(name, Members::new);
        members.tell(uid, gang);
        return members;
    }

    private static String nameOf(String namespace, String name) {
        return namespace + "/" + name;
    }

    /** The pods that name one gang. */
    private static final class Members {
        private final String name;

        /** By the pod that asks for the largest gang: it must be large enough for all. */
        private Gang largest = Gang.NONE;

        /** How many leave it to the PodGroup. */
        private int forPodGroupToSay;

        private final Map<Uid, Gang> told = new HashMap<>();
        private final Set<Uid> waiting = new LinkedHashSet<>();
        private final Map<Uid, Binding.Pod> placed = new LinkedHashMap<>();

        Members(String name) {
            this.name = name;
        }

        void tell(Uid uid, Gang its) {
            Gang before = told.put(uid, its);
            forPodGroupToSay += count(its) - (before == null ? 0 : count(before));
            if (largest.isNone() || its.size() >= largest.size()) {
                largest = its;
            } else if (before != null && before.size() == largest.size()) {
                largest = findLargest();
            }
        }

        private static int count(Gang gang) {
            return gang.isForPodGroupToSay() ? 1 : 0;
        }

        boolean waits(Uid uid) {
            placed.remove(uid);
            return waiting.add(uid);
        }

        boolean placed(Binding.Pod pod) {
            waiting.remove(pod.uid());
            return placed.put(pod.uid(), pod) == null;
        }

        void remove(Uid uid) {
            Gang its = told.remove(uid);
            forPodGroupToSay -= its == null ? 0 : count(its);
            waiting.remove(uid);
            placed.remove(uid);
            largest = findLargest();
        }

        private Gang findLargest() {
            Gang found = Gang.NONE;
            for (Gang each : told.values()) {
                found = found.isNone() || each.size() > found.size() ? each : found;
            }
            return found;
        }

        /**
         * What the group says counts where some pod leaves it to that; where there is no group,
         * such a gang has no size.
         */
        Gang gang(Optional<PodGroup> group) {
            if (forPodGroupToSay == 0) {
                return largest;
            }
            if (group.isEmpty()) {
                return new Gang(largest.namespace(), largest.name(), 0);
            }
            Gang its = Gang.of(group.get());
            return its.size() < largest.size() ? largest : its;
        }

        Standing standing(Gang gang) {
            int missing =
                    gang.isForPodGroupToSay()
                            ? 1
                            : Math.max(0, gang.size() - waiting.size() - placed.size());
            return new Standing(gang, missing, waiting(), List.copyOf(placed.values()));
        }

        List<Uid> waiting() {
            return List.copyOf(waiting);
        }

        boolean isEmpty() {
            return waiting.isEmpty() && placed.isEmpty();
        }
    }
}
