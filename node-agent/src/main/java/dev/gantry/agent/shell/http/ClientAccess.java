package dev.gantry.agent.shell.http;

import dev.gantry.agent.access.RequiredAccess;
import dev.gantry.agent.access.RequiredAccess.Manner;
import dev.gantry.agent.stream.RequestHead;
import dev.gantry.client.shell.access.DelegatedAccess;
import dev.gantry.client.shell.access.ReviewedAccess;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.model.exchange.Caller;

/**
 * Judges, by their tokens, requests of clients other than the gateway.
 *
 * <p>Compat: the kubelet's answers, where {@code authentication.webhook} is on and {@code
 * authentication.anonymous} off, as kubeadm has it.
 */
final class ClientAccess {
    private final String node;
    private final DelegatedAccess access;

    ClientAccess(String node, DelegatedAccess access) {
        this.node = node;
        this.access = access;
    }

    /** Refuses who may not. */
    void check(Exchange exchange, RequestHead request) throws Refused {
        Caller caller = caller(exchange.authorization());
        boolean isConversation = exchange.isForWebSocket() || exchange.isForSpdy();
        var required =
                RequiredAccess.of(
                        exchange.method(),
                        request.path(),
                        isConversation ? Manner.CONVERSATION : Manner.ONE_ANSWER);
        for (String verb : required.verbs()) {
            check(caller, verb, required);
        }
    }

    private Caller caller(String authorization) throws Refused {
        try {
            return access.owner(authorization).orElseThrow(ClientAccess::unauthorized);
        } catch (ApiRefused | ApiUnreachable unknown) {
            throw unauthorized();
        }
    }

    private void check(Caller caller, String verb, RequiredAccess required) throws Refused {
        String asked =
                "(user=%s, verb=%s, resource=nodes, subresource(s)=[%s])"
                        .formatted(caller.user(), verb, String.join(" ", required.subresources()));
        for (String subresource : required.subresources()) {
            var wanted = new ReviewedAccess.Subresource(verb, "nodes", node, subresource);
            try {
                if (access.isAllowed(caller, wanted)) {
                    return;
                }
            } catch (ApiRefused | ApiUnreachable unknown) {
                throw new Refused(500, "Authorization error " + asked);
            }
        }
        throw new Refused(403, "Forbidden " + asked);
    }

    private static Refused unauthorized() {
        return new Refused(401, "Unauthorized");
    }
}
