package dev.gantry.scheduler.placement;

/** Where the rows stand that a pod may go to, with all that single nodes are preferred for. */
interface Contest {
    /** A row's rank may be changed for the moment by whoever puts the old one back. */
    Tournament ranks();

    /** What each of the preferences that concern such pods gives the row, which fits. */
    int[] wishes(int row);
}
