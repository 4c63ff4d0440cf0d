package dev.gantry.scheduler.snapshot.device;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.effect.Effect.GivesDevices;
import dev.gantry.model.effect.Effect.Target;
import dev.gantry.model.meta.Uid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What placements give to claims, and the feed has not told of yet.
 *
 * <p>Invariant: each gift stands for itself, also where several are for one claim. State takes in
 * one of them at most; until it is known which, the devices of all of them are not there for
 * others. A gift counts until the feed tells what has become of the claim, or its placement is
 * taken back, or its pod has been gone for so long that the feed would have told of it.
 */
final class Underway {
    private final Map<String, List<Gift>> byClaim = new LinkedHashMap<>();

    /** Kept up to date with the gifts; shared with the book. */
    private final Taken taken;

    /**
     * @param claim as it was when it was decided on
     * @param until for how long it counts although its pod is gone; empty where that is not so
     */
    private record Gift(Uid pod, Target claim, Allocation allocation, Optional<Instant> until) {
        static Stream<Gift> of(Uid pod, List<Effect> effects) {
            return effects.stream()
                    .filter(GivesDevices.class::isInstance)
                    .map(GivesDevices.class::cast)
                    .flatMap(
                            each ->
                                    Allocation.of(each.allocation())
                                            .map(found -> new Gift(pod, each.target(), found))
                                            .stream());
        }

        private Gift(Uid pod, Target claim, Allocation allocation) {
            this(pod, claim, allocation, Optional.empty());
        }

        Gift lasting(Optional<Instant> then) {
            return new Gift(pod, claim, allocation, then);
        }

        boolean isLeft() {
            return until.isPresent();
        }
    }

    Underway(Taken taken) {
        this.taken = taken;
    }

    /** What the effects give and the claim that the feed has told of does not answer. */
    void give(Uid pod, List<Effect> effects, Map<String, DeviceClaim> told) {
        Gift.of(pod, effects)
                .filter(each -> !isAnswered(each, Optional.ofNullable(told.get(each.claim.path()))))
                .forEach(this::add);
    }

    private static boolean isAnswered(Gift gift, Optional<DeviceClaim> told) {
        return told.filter(each -> gift.claim.isAnsweredBy(each.revision())).isPresent();
    }

    private void add(Gift gift) {
        List<Gift> all = byClaim.computeIfAbsent(gift.claim.path(), _ -> new ArrayList<>());
        if (all.removeIf(each -> each.lasting(Optional.empty()).equals(gift))) {
            taken.remove(gift.allocation);
        }
        all.add(gift);
        taken.add(gift.allocation);
    }

    /** The pod's placement does not hold. Cost: nothing is under way mostly. */
    void release(Uid pod) {
        end(each -> each.pod.equals(pod) && !each.isLeft());
    }

    void leave(Uid pod, Instant until) {
        byClaim.values()
                .forEach(
                        all ->
                                all.replaceAll(
                                        each ->
                                                each.pod.equals(pod)
                                                        ? each.lasting(Optional.of(until))
                                                        : each));
    }

    /** Just these, of a pod that is gone, do not hold. */
    void refused(Uid pod, List<Effect> effects) {
        List<Gift> refused = Gift.of(pod, effects).toList();
        end(each -> each.isLeft() && refused.contains(each.lasting(Optional.empty())));
    }

    /** Returns whether there was any. */
    boolean expire(Instant now) {
        return end(each -> each.until.filter(due -> !due.isAfter(now)).isPresent());
    }

    private boolean end(Predicate<Gift> isOver) {
        boolean any = false;
        for (String claim : List.copyOf(byClaim.keySet())) {
            any |= end(claim, isOver);
        }
        return any;
    }

    private boolean end(String claim, Predicate<Gift> isOver) {
        List<Gift> all = byClaim.getOrDefault(claim, List.of());
        List<Gift> over = all.stream().filter(isOver).toList();
        if (over.isEmpty()) {
            return false;
        }
        over.forEach(each -> taken.remove(each.allocation));
        all.removeAll(over);
        byClaim.values().removeIf(List::isEmpty);
        return true;
    }

    /**
     * The feed tells of a claim; empty where it is no more. One that is no more was given nothing
     * that counts, unless it was an earlier namesake.
     */
    void told(String key, Optional<DeviceClaim> before, Optional<DeviceClaim> claim) {
        end(
                key,
                each ->
                        claim.isPresent()
                                ? isAnswered(each, claim)
                                : before.filter(was -> was.uid().equals(each.claim.uid()))
                                        .isPresent());
    }

    boolean isFor(String claim) {
        return byClaim.containsKey(claim);
    }

    void copyTo(Underway other) {
        byClaim.values().forEach(all -> all.forEach(other::add));
    }
}
