package dev.gantry.agent.access;

import dev.gantry.model.request.KubeletRights;
import java.util.List;

/**
 * What it takes to be answered without the gateway in between.
 *
 * <p>Compat: as the kubelet asks ({@code pkg/kubelet/server/auth.go}), with one difference: streams
 * and changes take the verb create as well, as they do through the gateway. Upstream, the right to
 * read {@code nodes/proxy} is enough to run commands, since a WebSocket begins with a GET.
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

    /** Compat: other methods have no verb: only a rule that allows every verb allows them. */
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
