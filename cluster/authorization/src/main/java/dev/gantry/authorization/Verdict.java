package dev.gantry.authorization;

/** What an authorizer says; several are asked in turn until one does not abstain. */
public sealed interface Verdict {
    String reason();

    record Allowed(String reason) implements Verdict {}

    /** Final: no other authorizer is asked. */
    record Denied(String reason) implements Verdict {}

    /** Grants nothing, but the next authorizer may. */
    record NoOpinion(String reason) implements Verdict {}

    default boolean isAllowed() {
        return this instanceof Allowed;
    }
}
