package dev.gantry.gateway.shell.agent;

import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.request.ApiRequest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Asks the state service whether a connection may be made, since admission is there.
 *
 * <p>Cost: a call within the process, or over the network where the state service is in another.
 */
record ConnectAdmission(ApiBackend backend) {
    private static final int ADMITTED = 200;

    /** Empty where it may be made. */
    Optional<ApiReply> refusal(Incoming incoming, Caller caller) {
        ApiReply reply =
                backend.serve(
                        new ApiCall(
                                method(incoming.method()),
                                path(incoming),
                                incoming.query().raw(),
                                new TreeMap<>(Map.of("accept", "application/json")),
                                new byte[0],
                                caller));
        return reply.code() == ADMITTED ? Optional.empty() : Optional.of(reply);
    }

    private static String method(String method) {
        return method.equals("HEAD") || method.equals("OPTIONS") ? "GET" : method;
    }

    /** What some would tidy up in a path behind {@code proxy/} is not told. */
    private static String path(Incoming incoming) {
        String path = incoming.path();
        String behind = incoming.api().subresource();
        int slash = behind.indexOf('/');
        return slash < 0 || ApiRequest.isPlain(path)
                ? path
                : path.substring(0, path.indexOf("/proxy/") + "/proxy".length());
    }
}
