package dev.gantry.gateway.shell.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.refusal.StatusBody;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Replies that the gateway makes itself. */
public final class Replies {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Replies() {}

    public static ApiReply json(int code, JsonNode body) {
        return new ApiReply.Whole(
                code, "application/json", new TreeMap<>(), JSON.writeValueAsBytes(body));
    }

    /** For people, too: each value on a line of its own. */
    public static ApiReply indented(JsonNode body) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter(
                                Separators.createDefaultInstance()
                                        .withObjectNameValueSpacing(Separators.Spacing.AFTER))
                        .withArrayIndenter(lines)
                        .withObjectIndenter(lines);
        return new ApiReply.Whole(
                200,
                "application/json",
                new TreeMap<>(),
                JSON.writer().with(printer).writeValueAsBytes(body));
    }

    public static ApiReply text(int code, String body) {
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("X-Content-Type-Options", "nosniff");
        return new ApiReply.Whole(code, "text/plain; charset=utf-8", headers, body.getBytes(UTF_8));
    }

    /** Compat: for want of a seat; in plain words, and no Status. */
    public static ApiReply tooManyRequests() {
        ApiReply reply = text(429, "Too many requests, please try again later.\n");
        reply.headers().put("Retry-After", "1");
        return reply;
    }

    public static ApiReply refusal(Refusal why) {
        SortedMap<String, String> headers = new TreeMap<>();
        StatusBody.retryAfterOf(why)
                .ifPresent(
                        after ->
                                headers.put(
                                        "Retry-After",
                                        Long.toString(Math.max(1, after.toSeconds()))));
        if (why instanceof Refusal.Forbidden) {
            headers.put("X-Content-Type-Options", "nosniff");
        }
        return new ApiReply.Whole(
                StatusBody.codeOf(why),
                "application/json",
                headers,
                JSON.writeValueAsBytes(StatusBody.of(why)));
    }
}
