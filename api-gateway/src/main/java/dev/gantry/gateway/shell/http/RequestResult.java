package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
import java.util.Optional;

/**
 * An answer, and what was found out about who asked.
 *
 * @param isAllowed empty where the credential was refused, so that nobody could be judged
 * @param hold what the request holds until its answer begins, and until it is sent
 */
record RequestResult(
        Answer answer, Optional<Who> who, Optional<Boolean> isAllowed, String reason, Hold hold) {
    /**
     * The one the request counts as, and who impersonates them, if anybody.
     *
     * @param constraint the right that allows it; empty for that to all requests
     */
    record Who(Caller caller, Optional<Caller> impersonator, String constraint) {
        static Who self(Caller caller) {
            return new Who(caller, Optional.empty(), "");
        }
    }

    static RequestResult unauthenticated(Answer answer) {
        return new RequestResult(answer, Optional.empty(), Optional.empty(), "", Hold.NOTHING);
    }

    static RequestResult forbidden(Who who, Answer answer, String reason) {
        return new RequestResult(
                answer, Optional.of(who), Optional.of(false), reason, Hold.NOTHING);
    }

    static RequestResult allowed(Who who, Answer answer, String reason) {
        return new RequestResult(answer, Optional.of(who), Optional.of(true), reason, Hold.NOTHING);
    }

    RequestResult holding(Hold held) {
        return new RequestResult(answer, who, isAllowed, reason, held);
    }

    /** Gives back what it holds: it was sent, or its client left before that. */
    void drop() {
        if (answer instanceof Answer.Reply(ApiReply.Streaming stream)) {
            stream.frames().close();
        }
        hold.end();
    }
}
