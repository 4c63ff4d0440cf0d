package dev.gantry.agent.access;

import dev.gantry.model.request.KubeletRights;
import java.util.List;

/**
 * What it takes to be answered without the gateway in between.
 *
 * <p>Compat: as a kubelet asks ({@code pkg/kubelet/server/auth.go}), but that a conversation or a
 * change takes the right to create, too, as it does through the gateway: upstream, whoever may read
 * through {@code nodes/proxy} runs commands by the GET that begins a WebSocket.
 *
 * @param verbs all of which it takes, on the node
 * @param subresources of the node, any one of which suffices
 */
public record RequiredAccess(List<String> verbs, List<String> subresources) {
    private static final String READ = "get";
    private static final String CREATE = "create";

    /** How the client goes on after its request. */
    public enum Manner {
        ONE_ANSWER,
        CONVERSATION
    }

    /**
     * @param path its segments, decoded
     */
    public static RequiredAccess of(String method, List<String> path, Manner manner) {
        String verb = verb(method);
        boolean isReading = verb.equals(READ) && manner == Manner.ONE_ANSWER;
        return new RequiredAccess(
                isReading || verb.equals(CREATE) ? List.of(verb) : List.of(verb, CREATE),
                KubeletRights.subresources(path.isEmpty() ? "" : path.getFirst()));
    }

    /** Compat: other methods have no verb, so that only those may use them who may do anything. */
    private static String verb(String method) {
        return switch (method) {
            case "GET" -> READ;
            case "POST" -> CREATE;
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> "delete";
            default -> "";
        };
    }
}
