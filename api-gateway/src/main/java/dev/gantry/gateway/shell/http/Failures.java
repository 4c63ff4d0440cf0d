package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.gateway.shell.state.StateClient;
import dev.gantry.model.refusal.Refusal;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client hears when its request could not be served, whatever was thrown.
 *
 * <p>Invariant: nothing that is thrown for a request leaves its client without an answer. Errors
 * are turned into answers before Reactor sees them, which takes them for fatal.
 */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final Refusal STATE_IS_AWAY =
            new Refusal.Unavailable(
                    "the state service does not answer what this request needs",
                    Duration.ofSeconds(1));
    private static final Refusal BROKEN_OFF =
            new Refusal.BadRequest("the body of the request broke off");
    private static final Refusal FAILED =
            new Refusal.Internal("Internal error occurred: the request could not be served");

    private Failures() {}

    static Answer answer(Throwable thrown, Incoming incoming) {
        if (thrown instanceof BodyReader.Unreadable unreadable) {
            return refuse(unreadable.why());
        }
        if (thrown instanceof BodyReader.BrokenOff) {
            LOG.debug(
                    "{} {} broke off: {}", incoming.method(), incoming.path(), thrown.getMessage());
            return refuse(BROKEN_OFF);
        }
        if (thrown instanceof StateClient.StateFault unavailable) {
            LOG.warn("{} {}: {}", incoming.method(), incoming.path(), unavailable.getMessage());
            return refuse(STATE_IS_AWAY);
        }
        LOG.error("{} {} failed", incoming.method(), incoming.path(), thrown);
        return refuse(FAILED);
    }

    private static Answer refuse(Refusal why) {
        return new Answer.Reply(Replies.refusal(why));
    }
}
