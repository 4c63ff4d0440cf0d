package dev.gantry.state.shell.api.reply;

import dev.gantry.authorization.AskedAccess;
import dev.gantry.authorization.Verdicts;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.FrameSource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.refusal.StatusBody;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Builds replies. */
public final class Replies {
    public static final String JSON = "application/json";
    private static final int PRECONDITION_REQUIRED = 428;
    private static final int WARNINGS_CHARACTERS = 4 * 1024;
    private static final int WARNING_CHARACTERS = 256;
    private static final SortedMap<String, String> NO_HEADERS = Collections.emptySortedMap();

    private Replies() {}

    public static ApiReply whole(int code, String contentType, byte[] body) {
        return new ApiReply.Whole(code, contentType, NO_HEADERS, body);
    }

    public static ApiReply whole(int code, String contentType, byte[] body, List<String> warnings) {
        return new ApiReply.Whole(code, contentType, warningHeaders(warnings), body);
    }

    public static ApiReply json(int code, JsonNode body) {
        return whole(code, JSON, JsonMapper.shared().writeValueAsBytes(body));
    }

    public static ApiReply streaming(String contentType, FrameSource frames) {
        return new ApiReply.Streaming(200, contentType, NO_HEADERS, frames);
    }

    public static ApiReply refusal(Refusal refusal) {
        return refusal(refusal, List.of());
    }

    public static ApiReply refusal(Refusal refusal, List<String> warnings) {
        SortedMap<String, String> headers =
                StatusBody.retryAfterOf(refusal)
                        .map(Replies::retryAfter)
                        .orElseGet(() -> warningHeaders(warnings));
        byte[] body = JsonMapper.shared().writeValueAsBytes(StatusBody.of(refusal));
        return new ApiReply.Whole(StatusBody.codeOf(refusal), JSON, headers, body);
    }

    /** For the gateway: the request is to come again, with the verdicts. */
    public static ApiReply asking(List<AskedAccess> asked) {
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put(ApiReply.ASKED_ACCESS, Verdicts.questions(asked));
        return new ApiReply.Whole(PRECONDITION_REQUIRED, JSON, headers, new byte[0]);
    }

    /** With a warning more. */
    public static ApiReply warned(ApiReply reply, String warning) {
        SortedMap<String, String> headers = new TreeMap<>(reply.headers());
        headers.merge(
                "Warning",
                warningHeaders(List.of(warning)).getOrDefault("Warning", ""),
                (before, more) -> more + "\n" + before);
        return switch (reply) {
            case ApiReply.Whole(var code, var type, _, var body) ->
                    new ApiReply.Whole(code, type, headers, body);
            case ApiReply.Streaming(var code, var type, _, var frames) ->
                    new ApiReply.Streaming(code, type, headers, frames);
        };
    }

    /** Compat: RFC 7234 warn-code 299, each of them in a header of its own. */
    private static SortedMap<String, String> warningHeaders(List<String> warnings) {
        if (warnings.isEmpty()) {
            return NO_HEADERS;
        }
        String value =
                bounded(warnings).stream()
                        .map(each -> "299 - \"" + escaped(each) + '"')
                        .collect(Collectors.joining("\n"));
        return new TreeMap<>(java.util.Map.of("Warning", value));
    }

    /**
     * Compat: apiserver's {@code WithWarningRecorder}: where all of them are too long for a header,
     * each is cut, and the last are left out.
     */
    static List<String> bounded(List<String> warnings) {
        List<String> distinct = warnings.stream().distinct().toList();
        if (distinct.stream().mapToLong(String::length).sum() <= WARNINGS_CHARACTERS) {
            return distinct;
        }
        List<String> kept = new ArrayList<>();
        int written = 0;
        for (String each : distinct) {
            if (written >= WARNINGS_CHARACTERS) {
                break;
            }
            String shown = each.substring(0, Math.min(each.length(), WARNING_CHARACTERS));
            written += shown.length();
            kept.add(shown);
        }
        return kept;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
    }

    private static SortedMap<String, String> retryAfter(Duration after) {
        long seconds = Math.max(1, after.toSeconds());
        return new TreeMap<>(java.util.Map.of("Retry-After", Long.toString(seconds)));
    }
}
