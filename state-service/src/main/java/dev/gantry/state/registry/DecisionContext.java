package dev.gantry.state.registry;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.Answers;
import dev.gantry.state.admission.RequestContext;
import java.time.Instant;
import java.util.Optional;

/**
 * What a decision needs of the world: when it is, who asks, chance, and what webhooks answered.
 *
 * <p>A request has one moment, however often it is decided; the answers grow.
 */
public record DecisionContext(Instant now, RequestContext request) {
    /** For a further attempt at the decision. */
    public DecisionContext with(Answers answers) {
        return new DecisionContext(now, request.with(answers));
    }

    /**
     * What is decided instead while something is open that the decision depends on: to ask first,
     * or to refuse where that has failed.
     */
    public Optional<Decision> unanswered() {
        return request.open()
                .failure()
                .<Decision>map(why -> new Decision.Refuse(new Refusal.Unsupported(why)))
                .or(
                        () ->
                                request.open().areNone()
                                        ? Optional.empty()
                                        : Optional.of(
                                                new Decision.Ask(request.open().asking().calls())));
    }

    Caller caller() {
        return request.caller();
    }

    String uid() {
        return request.uid();
    }

    public long seed() {
        return request.seed();
    }

    String actor() {
        return caller().user();
    }
}
