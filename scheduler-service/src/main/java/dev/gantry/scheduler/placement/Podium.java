package dev.gantry.scheduler.placement;

/** The best and the second best so far, by their rows, or their places in a list of nodes. */
final class Podium {
    static final int NOBODY = -1;

    private int first = NOBODY;
    private int second = NOBODY;
    private long firstRank = Rank.NONE;
    private long secondRank = Rank.NONE;

    void offer(int index, long rank) {
        if (rank > firstRank) {
            second = first;
            secondRank = firstRank;
            first = index;
            firstRank = rank;
        } else if (rank > secondRank) {
            second = index;
            secondRank = rank;
        }
    }

    int first() {
        return first;
    }

    int second() {
        return second;
    }

    long firstRank() {
        return firstRank;
    }

    long secondRank() {
        return secondRank;
    }
}
