package dev.gantry.controller.storage.persistentvolume;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;

/** Whether a claim asks for more than it has. */
public final class ClaimGrowth {
    private ClaimGrowth() {}

    public static boolean isWanted(Resource claim) {
        return Storage.phase(claim).equals("Bound") && requested(claim).compareTo(held(claim)) > 0;
    }

    public static Quantity requested(Resource claim) {
        return Storage.requested(claim);
    }

    private static Quantity held(Resource claim) {
        return Storage.quantity(claim.status().path("capacity").path("storage"));
    }

    /** The volume that a bound claim names. */
    public static ObjectKey volume(Resource claim) {
        return Storage.volumeKey(Storage.volumeName(claim));
    }

    /** Whether the volume is this claim's, and not an earlier one's of the name. */
    public static boolean isOf(Resource volume, Resource claim) {
        return Storage.claimUid(volume).equals(claim.uid().value());
    }
}
