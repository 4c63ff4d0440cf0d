package dev.gantry.scheduler.cycle;

import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.Gang;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who belongs to which gang, and which gangs are complete. */
final class Gangs {
    private final Map<String, Members> byName = new LinkedHashMap<>();
    private final Map<Uid, String> nameOf = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();

    private static final class Members {
        private final Gang gang;
        private final Set<Uid> waiting = new LinkedHashSet<>();
        private final Set<Uid> placed = new LinkedHashSet<>();

        private Members(Gang gang) {
            this.gang = gang;
        }

        private int missing() {
            return Math.max(0, gang.size() - waiting.size() - placed.size());
        }
    }

    /**
     * The gang of a pod as it stands.
     *
     * @param missing how many pods there must be yet
     * @param waiting the pods that have no node
     */
    record Standing(Gang gang, int missing, List<Uid> waiting) {}

    /** Returns whether this pod made its gang complete. */
    boolean waits(Gang gang, Uid uid) {
        Members members = members(gang, uid);
        int before = members.missing();
        members.placed.remove(uid);
        boolean isNew = members.waiting.add(uid);
        if (isNew && before > 1) {
            changed.add(nameOf.getOrDefault(uid, ""));
        }
        return isNew && before <= 1;
    }

    void placed(Gang gang, Uid uid) {
        Members members = members(gang, uid);
        members.waiting.remove(uid);
        members.placed.add(uid);
    }

    void remove(Uid uid) {
        String name = nameOf.remove(uid);
        Members members = name == null ? null : byName.get(name);
        if (members == null) {
            return;
        }
        members.waiting.remove(uid);
        members.placed.remove(uid);
        changed.add(name);
        if (members.waiting.isEmpty() && members.placed.isEmpty()) {
            byName.remove(name);
            changed.remove(name);
        }
    }

    Optional<Standing> of(Uid uid) {
        return Optional.ofNullable(nameOf.get(uid)).map(byName::get).map(Gangs::standing);
    }

    /** Those whose number of missing pods changed since this was last asked. */
    List<Standing> takeChanged() {
        List<Standing> found =
                changed.stream()
                        .flatMap(name -> Optional.ofNullable(byName.get(name)).stream())
                        .map(Gangs::standing)
                        .toList();
        changed.clear();
        return found;
    }

    private static Standing standing(Members each) {
        return new Standing(each.gang, each.missing(), List.copyOf(each.waiting));
    }

    private Members members(Gang gang, Uid uid) {
        String name = gang.namespace() + "/" + gang.name();
        nameOf.put(uid, name);
        return byName.computeIfAbsent(name, _ -> new Members(gang));
    }
}
