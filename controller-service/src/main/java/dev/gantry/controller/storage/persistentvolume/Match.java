package dev.gantry.controller.storage.persistentvolume;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import dev.gantry.model.selector.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Which volume a claim gets.
 *
 * <p>One that is kept for it, else the smallest free one that is large enough. Example: a claim of
 * 3Gi and free volumes of 2Gi, 10Gi and 5Gi: the last.
 *
 * <p>Compat: {@code FindMatchingVolume}. Of equally small ones upstream takes any; here the claim's
 * uid decides, so that many claims do not all reach for the same.
 */
final class Match {
    private Match() {}

    /**
     * @param isDelayed whether only a volume that is kept for the claim may be taken
     */
    static Optional<Resource> best(Resource claim, List<Resource> volumes, boolean isDelayed) {
        List<Resource> smallest = new ArrayList<>();
        for (Resource each : volumes) {
            if (!mayServe(each, claim)) {
                continue;
            }
            if (Storage.claimOf(each).isPresent()) {
                return Optional.of(each);
            }
            if (isDelayed || !isFreeFor(each, claim)) {
                continue;
            }
            int compared = smallest.isEmpty() ? 0 : compare(each, smallest.getFirst());
            if (compared < 0) {
                smallest.clear();
            }
            if (compared <= 0) {
                smallest.add(each);
            }
        }
        if (smallest.isEmpty()) {
            return Optional.empty();
        }
        int chosen = Math.floorMod(claim.uid().value().hashCode(), smallest.size());
        return Optional.of(smallest.get(chosen));
    }

    /** Why the volume that a claim names may not be bound to it; empty where it may. */
    static Optional<String> objection(Resource volume, Resource claim) {
        if (volume.isBeingDeleted()) {
            return Optional.of("the volume is marked for deletion \"%s\"".formatted(volume.name()));
        }
        if (Storage.capacity(volume).compareTo(Storage.requested(claim)) < 0) {
            return Optional.of("requested PV is too small");
        }
        if (!Storage.className(volume).equals(Storage.className(claim))) {
            return Optional.of("storageClassName does not match");
        }
        if (!hasMode(volume, claim)) {
            return Optional.of("incompatible volumeMode");
        }
        if (!attributesClass(volume).equals(attributesClass(claim))) {
            return Optional.of("volumeAttributesClassName does not match");
        }
        if (!allowsAccess(volume, claim)) {
            return Optional.of("incompatible accessMode");
        }
        return Optional.empty();
    }

    static boolean hasMode(Resource volume, Resource claim) {
        return Storage.volumeMode(volume).equals(Storage.volumeMode(claim));
    }

    /** Whether a volume that became free is worth a look at this claim. */
    static boolean mayInterest(Resource volume, Resource claim) {
        String named = Storage.volumeName(claim);
        if (!named.isEmpty()) {
            return named.equals(volume.name());
        }
        return mayServe(volume, claim)
                && Storage.className(volume).equals(Storage.className(claim));
    }

    /** What even a volume that is kept for the claim must be. */
    private static boolean mayServe(Resource volume, Resource claim) {
        boolean isTaken = Storage.claimOf(volume).isPresent() && !Storage.isKeptFor(volume, claim);
        return !isTaken
                && !volume.isBeingDeleted()
                && allowsAccess(volume, claim)
                && hasMode(volume, claim)
                && attributesClass(volume).equals(attributesClass(claim))
                && Storage.capacity(volume).compareTo(Storage.requested(claim)) >= 0;
    }

    private static boolean isFreeFor(Resource volume, Resource claim) {
        JsonNode selector = claim.spec().path("selector");
        return Storage.phase(volume).equals("Available")
                && Storage.className(volume).equals(Storage.className(claim))
                && (!selector.isObject() || LabelSelector.of(selector).selects(volume.labels()));
    }

    private static boolean allowsAccess(Resource volume, Resource claim) {
        return Storage.accessModes(volume).containsAll(Storage.accessModes(claim));
    }

    private static String attributesClass(Resource object) {
        return Resource.text(object.spec(), "volumeAttributesClassName");
    }

    private static int compare(Resource one, Resource other) {
        Quantity left = Storage.capacity(one);
        return left.compareTo(Storage.capacity(other));
    }
}
