package dev.gantry.scheduler.placement.ranking;

/** Where the rows stand that a pod may go to, with all that single nodes are preferred for. */
public interface RankedNodes {
    /** A caller may change a row's rank for a moment if it puts the old one back. */
    RankTree ranks();

    /** What each of the preferences that concern such pods gives the row, which fits. */
    int[] preferenceScores(int row);
}
