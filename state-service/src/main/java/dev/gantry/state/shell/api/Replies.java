package dev.gantry.state.shell.api;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.FrameSource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.refusal.StatusBody;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Builds replies. */
final class Replies {
    static final String JSON = "application/json";
    private static final SortedMap<String, String> NO_HEADERS = Collections.emptySortedMap();

    private Replies() {}

    static ApiReply whole(int code, String contentType, byte[] body) {
        return new ApiReply.Whole(code, contentType, NO_HEADERS, body);
    }

    static ApiReply whole(int code, String contentType, byte[] body, List<String> warnings) {
        return new ApiReply.Whole(code, contentType, warningHeaders(warnings), body);
    }

    static ApiReply json(int code, JsonNode body) {
        return whole(code, JSON, JsonMapper.shared().writeValueAsBytes(body));
    }

    static ApiReply streaming(String contentType, FrameSource frames) {
        return new ApiReply.Streaming(200, contentType, NO_HEADERS, frames);
    }

    static ApiReply refusal(Refusal refusal) {
        SortedMap<String, String> headers =
                StatusBody.retryAfterOf(refusal).map(Replies::retryAfter).orElse(NO_HEADERS);
        byte[] body = JsonMapper.shared().writeValueAsBytes(StatusBody.of(refusal));
        return new ApiReply.Whole(StatusBody.codeOf(refusal), JSON, headers, body);
    }

    /** The {@code Status} of something that was done and has nothing else to show. */
    static ObjectNode success() {
        ObjectNode status = JsonMapper.shared().createObjectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        return status.put("status", "Success");
    }

    /** Compat: RFC 7234 warn-code 299, several of them in one header. */
    private static SortedMap<String, String> warningHeaders(List<String> warnings) {
        if (warnings.isEmpty()) {
            return NO_HEADERS;
        }
        String value =
                warnings.stream()
                        .map(each -> "299 - \"" + escaped(each) + '"')
                        .collect(Collectors.joining(", "));
        return new TreeMap<>(java.util.Map.of("Warning", value));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
    }

    private static SortedMap<String, String> retryAfter(Duration after) {
        long seconds = Math.max(1, after.toSeconds());
        return new TreeMap<>(java.util.Map.of("Retry-After", Long.toString(seconds)));
    }
}
