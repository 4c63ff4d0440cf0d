package dev.gantry.gateway.shell.state;

import dev.gantry.authorization.AskedAccess;
import dev.gantry.authorization.Authorizer;
import dev.gantry.authorization.Verdicts;
import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.ApiRequest;
import java.util.Set;

/**
 * The state service, where authorizers are configured that it does not have: of a write it says
 * what it wants to be judged, for what the object would grant and for expressions of admission, and
 * gets the write again with the verdicts.
 *
 * <p>Cost: only a write about which something is asked is sent again.
 */
public final class JudgedWrites implements ApiBackend {
    private static final Set<String> READING = Set.of("get", "list", "watch");

    /** An expression may depend on the answer to the one before; each round knows more. */
    private static final int MOST_ROUNDS = 50;

    private final ApiBackend backend;
    private final Authorizer authorizer;

    public JudgedWrites(ApiBackend backend, Authorizer authorizer) {
        this.backend = backend;
        this.authorizer = authorizer;
    }

    static boolean concerns(ApiRequest api) {
        return api.isResource() && !READING.contains(api.verb());
    }

    @Override
    public ApiReply serve(ApiCall call) {
        Verdicts verdicts = Verdicts.NONE;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            ApiReply reply = backend.serve(call.with(ApiCall.VERDICTS, verdicts.toText()));
            String asked = reply.headers().get(ApiReply.ASKED_ACCESS);
            if (asked == null) {
                return reply;
            }
            for (AskedAccess each : Verdicts.questionsOf(asked)) {
                Caller caller = each.caller(call.caller());
                verdicts = verdicts.with(each, authorizer.judge(caller, each.access()));
            }
        }
        return Replies.refusal(
                new Refusal.Internal("Internal error occurred: what is written changes too fast"));
    }
}
