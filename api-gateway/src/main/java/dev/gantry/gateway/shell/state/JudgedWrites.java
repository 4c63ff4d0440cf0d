package dev.gantry.gateway.shell.state;

import dev.gantry.authorization.Access;
import dev.gantry.authorization.Authorizer;
import dev.gantry.authorization.ClaimRights;
import dev.gantry.authorization.RoleRef;
import dev.gantry.authorization.SignerRights;
import dev.gantry.authorization.Verdicts;
import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.ApiRequest;
import java.util.Set;

/**
 * Writes whose object decides what must be allowed, where authorizers are configured that the state
 * service does not have: it says what it wants to be judged, and gets the write again with the
 * verdicts.
 *
 * <p>Cost: only a write that would be refused without is sent again.
 */
public final class JudgedWrites {
    private static final Set<String> VERBS = Set.of("create", "update", "patch");

    /** The second says all, unless the object became another one meanwhile. */
    private static final int MOST_ROUNDS = 5;

    private final ApiBackend backend;
    private final Authorizer authorizer;

    public JudgedWrites(ApiBackend backend, Authorizer authorizer) {
        this.backend = backend;
        this.authorizer = authorizer;
    }

    static boolean concerns(ApiRequest api) {
        if (!api.isResource() || !VERBS.contains(api.verb())) {
            return false;
        }
        boolean isStatus = api.subresource().equals("status");
        boolean isApproval = api.subresource().equals("approval");
        return api.group().equals(RoleRef.GROUP)
                || is(SignerRights.REQUESTS, api) && (isStatus || isApproval)
                || is(ClaimRights.CLAIMS, api) && isStatus;
    }

    private static boolean is(GroupResource resource, ApiRequest api) {
        return resource.group().equals(api.group()) && resource.plural().equals(api.plural());
    }

    ApiReply serve(ApiCall call) {
        Verdicts verdicts = Verdicts.NONE;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            ApiReply reply = backend.serve(call.with(ApiCall.VERDICTS, verdicts.toText()));
            String asked = reply.headers().get(ApiReply.ASKED_ACCESS);
            if (asked == null) {
                return reply;
            }
            for (Access each : Verdicts.questionsOf(asked)) {
                verdicts = verdicts.with(each, authorizer.judge(call.caller(), each));
            }
        }
        return Replies.refusal(
                new Refusal.Internal("Internal error occurred: what is written changes too fast"));
    }
}
