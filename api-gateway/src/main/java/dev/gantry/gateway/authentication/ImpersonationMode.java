package dev.gantry.gateway.authentication;

import dev.gantry.model.exchange.Caller;
import java.util.List;

/**
 * Ways to act as somebody else for certain requests only, each with rights of its own, the
 * narrowest first.
 *
 * <p>Compat: the modes of {@code filters/impersonation/mode.go} (ConstrainedImpersonation).
 */
enum ImpersonationMode {
    /** A service account as the node on which its pod runs. */
    ASSOCIATED_NODE("associated-node"),
    ARBITRARY_NODE("arbitrary-node"),
    SERVICE_ACCOUNT("serviceaccount"),
    /** Anybody who is neither a node nor a service account. */
    USER_INFO("user-info");

    private static final String NODE_NAME = "authentication.kubernetes.io/node-name";

    private final String wire;

    ImpersonationMode(String wire) {
        this.wire = wire;
    }

    /** For being that somebody. */
    String verb() {
        return "impersonate:" + wire;
    }

    /** For doing this as somebody. */
    String verbOn(String verb) {
        return "impersonate-on:" + wire + ":" + verb;
    }

    boolean isMeant(Impersonation wish, Caller asking) {
        return switch (this) {
            case ASSOCIATED_NODE ->
                    wish.isOnlyOfAName()
                            && wish.node().filter(node -> runsOn(asking, node)).isPresent();
            case ARBITRARY_NODE -> wish.isOnlyOfAName() && wish.node().isPresent();
            case SERVICE_ACCOUNT -> wish.isOnlyOfAName() && wish.account().isPresent();
            case USER_INFO -> wish.node().isEmpty() && wish.account().isEmpty();
        };
    }

    private static boolean runsOn(Caller asking, String node) {
        return Impersonation.account(asking.user()).isPresent()
                && asking.extra().getOrDefault(NODE_NAME, List.of()).equals(List.of(node));
    }
}
