package dev.gantry.gateway.flowcontrol;

/**
 * Which queues a flow may use: a hand of cards from a deck of queues, dealt by the flow's hash. Two
 * flows seldom have all of their queues in common, so that a flood fills its own queues and leaves
 * nearly everybody at least one.
 *
 * <p>Example: the hash 11 deals two of four. 11 mod 4 is 3: queue 3. 11 / 4 is 2 and 2 mod 3 is 2:
 * the third of those that are left, queue 2.
 */
final class ShuffleSharding {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private ShuffleSharding() {}

    /**
     * @return distinct numbers below {@code deck}, as many as {@code hand}
     */
    static int[] deal(long hash, int deck, int hand) {
        int[] dealt = new int[hand];
        long rest = hash & Long.MAX_VALUE;
        for (int i = 0; i < hand; i++) {
            int card = (int) (rest % (deck - i));
            rest /= deck - i;
            // Those before it, in ascending order, are no longer in the deck.
            int at = 0;
            while (at < i && card >= dealt[at]) {
                card++;
                at++;
            }
            System.arraycopy(dealt, at, dealt, at + 1, i - at);
            dealt[at] = card;
        }
        return dealt;
    }

    /** FNV-1a over both, mixed so that all bits count. */
    static long hash(String schema, String flow) {
        long hash = add(FNV_OFFSET, schema);
        hash *= FNV_PRIME;
        hash = add(hash, flow);
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }

    private static long add(long hash, String text) {
        long sum = hash;
        for (int i = 0; i < text.length(); i++) {
            sum = (sum ^ text.charAt(i)) * FNV_PRIME;
        }
        return sum;
    }
}
