package dev.gantry.state.shell.api.reply;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.Query;
import dev.gantry.state.codec.Encoding;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.codec.Transformation;
import dev.gantry.state.request.Form;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Says why not in the encoding that the client accepts.
 *
 * <p>Compat: {@code ErrorNegotiated} of apiserver. A client that takes nothing that a Status could
 * be written in gets indented JSON all the same.
 */
public final class Refusals {
    private static final Form INDENTED =
            new Form(Encoding.JSON, Transformation.NONE, Replies.JSON, true);

    private final Rendering rendering;

    public Refusals(Rendering rendering) {
        this.rendering = rendering;
    }

    public ApiReply reply(ApiCall call, Refusal why, List<String> warnings) {
        if (why instanceof Refusal.NoSuchPage) {
            return plainText(404, why.message() + "\n");
        }
        return switch (Form.of(call.header("accept"), Negotiation.Offer.PLAIN, isPretty(call))) {
            case Judged.Accepted<Form>(var form) -> encoded(form, Replies.refusal(why, warnings));
            case Judged.Refused<Form> _ -> encoded(INDENTED, Replies.refusal(why, warnings));
        };
    }

    private ApiReply encoded(Form form, ApiReply reply) {
        boolean isPlain = form.encoding() == Encoding.JSON && !form.isPretty();
        return isPlain || !(reply instanceof ApiReply.Whole(var code, _, var headers, var body))
                ? reply
                : new ApiReply.Whole(
                        code, form.contentType(), headers, rendering.plain(form, body));
    }

    private static ApiReply plainText(int code, String text) {
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("X-Content-Type-Options", "nosniff");
        return new ApiReply.Whole(code, "text/plain; charset=utf-8", headers, text.getBytes(UTF_8));
    }

    private static boolean isPretty(ApiCall call) {
        Query query = Query.parse(call.query());
        Optional<String> wanted =
                query.has("pretty") ? Optional.of(query.first("pretty")) : Optional.empty();
        return Negotiation.isPretty(wanted, call.header("user-agent"));
    }
}
