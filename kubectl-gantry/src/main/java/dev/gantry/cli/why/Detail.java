package dev.gantry.cli.why;

/**
 * How much is told.
 *
 * @param groups how many groups of nodes
 * @param named how many nodes or pods of a group by name
 * @param letters how long names may get that are folded into one
 */
record Detail(int groups, int named, int letters) {
    static final Detail BRIEF = new Detail(8, 3, 60);
    static final Detail COMPLETE =
            new Detail(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    boolean isBrief() {
        return this == BRIEF;
    }
}
