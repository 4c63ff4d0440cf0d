package dev.gantry.state.shell.api.reply;

import dev.gantry.model.exchange.ApiReply;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * What admission has to say for the audit log about the call that a thread serves, on its way to
 * the header of the reply that the gateway reads. A call is served by one thread.
 */
public final class AuditAnnotations {
    private static final ScopedValue<AuditAnnotations> CURRENT = ScopedValue.newInstance();

    private final SortedMap<String, String> noted = new TreeMap<>();

    private AuditAnnotations() {}

    /** The reply, with what was added while it was made. */
    public static ApiReply collected(Supplier<ApiReply> serving) {
        AuditAnnotations annotations = new AuditAnnotations();
        ApiReply reply = ScopedValue.where(CURRENT, annotations).call(serving::get);
        return annotations.noted.isEmpty() ? reply : with(reply, annotations.noted);
    }

    public static void add(Map<String, String> annotations) {
        if (!annotations.isEmpty() && CURRENT.isBound()) {
            CURRENT.get().noted.putAll(annotations);
        }
    }

    private static ApiReply with(ApiReply reply, SortedMap<String, String> annotations) {
        SortedMap<String, String> headers = new TreeMap<>(reply.headers());
        headers.put(
                ApiReply.AUDIT_ANNOTATIONS, JsonMapper.shared().writeValueAsString(annotations));
        return switch (reply) {
            case ApiReply.Whole(var code, var type, _, var body) ->
                    new ApiReply.Whole(code, type, headers, body);
            case ApiReply.Streaming(var code, var type, _, var frames) ->
                    new ApiReply.Streaming(code, type, headers, frames);
        };
    }
}
