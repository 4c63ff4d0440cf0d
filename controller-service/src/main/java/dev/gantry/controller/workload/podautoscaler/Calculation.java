package dev.gantry.controller.workload.podautoscaler;

import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** How many replicas one metric asks for, or why that cannot be said. */
sealed interface Calculation {
    /**
     * @param utilization in percent of requests, where that was the target
     * @param valueMilli the metric as it is: its average, or whole
     */
    record Replicas(int replicas, OptionalInt utilization, long valueMilli)
            implements Calculation {}

    record Impossible(String why) implements Calculation {}

    static Calculation of(int replicas, long valueMilli) {
        return new Replicas(replicas, OptionalInt.empty(), valueMilli);
    }

    default Calculation explained(UnaryOperator<String> why) {
        return this instanceof Impossible impossible
                ? new Impossible(why.apply(impossible.why))
                : this;
    }
}
