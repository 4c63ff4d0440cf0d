package dev.gantry.gateway.shell.agent;

import dev.gantry.model.refusal.Refusal;

/** The words for a place that does not answer. */
final class Unreachable {
    private Unreachable() {}

    static Refusal refusal(String what, Exception fault) {
        String why =
                fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
        return new Refusal.Internal("Internal error occurred: " + what + ": " + why);
    }
}
