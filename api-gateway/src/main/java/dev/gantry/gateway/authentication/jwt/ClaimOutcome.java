package dev.gantry.gateway.authentication.jwt;

import dev.gantry.model.exchange.Caller;

/** What became of the claims of a token. */
public sealed interface ClaimOutcome {
    record Proven(Caller caller) implements ClaimOutcome {}

    /**
     * @param why for the operator
     */
    record Unproven(String why) implements ClaimOutcome {}
}
