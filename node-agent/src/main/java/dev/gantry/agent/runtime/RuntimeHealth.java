package dev.gantry.agent.runtime;

import java.util.Optional;

/**
 * Whether a runtime can run containers, and whether it can give pods a network.
 *
 * @param runtimeProblem why it runs nothing, in its own words
 * @param networkProblem why pods get no network, in its own words
 */
public record RuntimeHealth(Optional<String> runtimeProblem, Optional<String> networkProblem) {
    public static final RuntimeHealth GOOD = new RuntimeHealth(Optional.empty(), Optional.empty());

    public boolean isReady() {
        return runtimeProblem.isEmpty();
    }

    public boolean isNetworkReady() {
        return networkProblem.isEmpty();
    }
}
