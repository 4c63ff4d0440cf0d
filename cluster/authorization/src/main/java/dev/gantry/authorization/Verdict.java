package dev.gantry.authorization;

/** What an authorizer says; several are asked in turn until one does not abstain. */
public sealed interface Verdict {
    String reason();

    record Allowed(String reason) implements Verdict {}

    /** Final: nobody else is asked. */
    record Denied(String reason) implements Verdict {}

    /** Grants nothing, but somebody else may. */
    record NoOpinion(String reason) implements Verdict {}

    default boolean isAllowed() {
        return this instanceof Allowed;
    }
}
