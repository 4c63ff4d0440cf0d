package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.model.exchange.Caller;
import java.util.Optional;

/**
 * An answer, and what was found out about who asked.
 *
 * @param isAllowed empty where the credential was refused, so that nobody could be judged
 */
record Judged(Answer answer, Optional<Who> who, Optional<Boolean> isAllowed, String reason) {
    /** The one the request counts as, and who impersonates them, if anybody. */
    record Who(Caller caller, Optional<Caller> impersonator) {}

    static Judged stranger(Answer answer) {
        return new Judged(answer, Optional.empty(), Optional.empty(), "");
    }

    static Judged forbidden(Who who, Answer answer, String reason) {
        return new Judged(answer, Optional.of(who), Optional.of(false), reason);
    }
}
