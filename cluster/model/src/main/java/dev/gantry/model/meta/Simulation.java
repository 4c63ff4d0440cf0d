package dev.gantry.model.meta;

/** Nodes that nobody runs, such as those of a benchmark: they keep the status they were given. */
public final class Simulation {
    /** The annotation that says so, with the value {@code true}. */
    public static final String ANNOTATION = "gantry.dev/simulated";

    private Simulation() {}

    public static boolean isSimulated(Resource node) {
        return "true".equals(node.annotations().get(ANNOTATION));
    }
}
