package dev.gantry.agent.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.meta.Resource;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** How much of what containers and the runtime said is told in a status. */
public final class StatusMessages {
    /** Compat: {@code MaxPodTerminationMessageLogLength} of {@code pkg/kubelet/container}. */
    private static final int TERMINATED_BYTES = 12 * 1024;

    private static final int SHORT_BYTES = 1024;
    private static final String MESSAGE = "message";

    private static final List<String> STATUSES =
            List.of("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses");

    private StatusMessages() {}

    /**
     * Gives each of a pod's containers the same share of what the last words of all of them may
     * take.
     *
     * <p>Compat: {@code normalizeStatus} of {@code pkg/kubelet/status/status_manager.go}.
     */
    public static void share(ObjectNode status) {
        int containers = 0;
        for (String each : STATUSES) {
            containers += status.path(each).size();
        }
        int share = TERMINATED_BYTES / Math.max(1, containers);
        for (String each : STATUSES) {
            for (JsonNode container : status.path(each)) {
                for (String state : List.of("state", "lastState")) {
                    if (container.at("/" + state + "/terminated") instanceof ObjectNode end) {
                        cut(end, share);
                    }
                }
            }
        }
    }

    /** Cuts every message, wherever it stands, for a status that would be too large to send. */
    public static void shorten(ObjectNode status) {
        cut(status, SHORT_BYTES);
        for (JsonNode each : status) {
            shortenAll(each);
        }
    }

    private static void shortenAll(JsonNode node) {
        if (node instanceof ObjectNode object) {
            shorten(object);
        } else {
            node.forEach(StatusMessages::shortenAll);
        }
    }

    private static void cut(ObjectNode parent, int bytes) {
        if (parent.path(MESSAGE) instanceof StringNode) {
            byte[] whole = Resource.text(parent, MESSAGE).getBytes(UTF_8);
            if (whole.length > bytes) {
                parent.put(MESSAGE, start(whole, bytes));
            }
        }
    }

    /** Without the character that the cut goes through. */
    private static String start(byte[] text, int bytes) {
        var decoder = UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE);
        CharBuffer decoded = CharBuffer.allocate(bytes);
        decoder.decode(ByteBuffer.wrap(text, 0, bytes), decoded, false);
        return decoded.flip().toString();
    }
}
