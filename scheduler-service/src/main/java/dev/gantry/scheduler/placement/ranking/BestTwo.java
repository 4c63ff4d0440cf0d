package dev.gantry.scheduler.placement.ranking;

/** The best and the second best so far, by their rows, or their places in a list of nodes. */
public final class BestTwo {
    public static final int NOBODY = -1;

    private int first = NOBODY;
    private int second = NOBODY;
    private long firstRank = Rank.NONE;
    private long secondRank = Rank.NONE;

    public void offer(int index, long rank) {
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

    public int first() {
        return first;
    }

    public int second() {
        return second;
    }

    public long firstRank() {
        return firstRank;
    }

    public long secondRank() {
        return secondRank;
    }
}
