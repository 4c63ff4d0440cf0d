package dev.gantry.scheduler.snapshot.node;

/**
 * A number per node name that orders nodes of equal score, scattered so that equal nodes share the
 * load of small mistakes.
 */
final class TieRank {
    /** 43 bits: together with 20 bits of score it fits one positive long. */
    static final int BITS = 43;

    private TieRank() {}

    static long of(String name) {
        long hash = 1125899906842597L;
        for (int i = 0; i < name.length(); i++) {
            hash = 31 * hash + name.charAt(i);
        }
        hash ^= hash >>> 33;
        hash *= 0xff51afd7ed558ccdL;
        hash ^= hash >>> 33;
        hash *= 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash >>> (64 - BITS);
    }
}
