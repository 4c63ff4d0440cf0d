package dev.gantry.state.admission;

import dev.gantry.authorization.Verdicts;
import dev.gantry.model.exchange.Caller;
import dev.gantry.state.registry.option.WriteOptions;

/**
 * What is the same for all that is decided for one request, however often it is decided.
 *
 * @param uid for an object that is created; names the request to webhooks, too
 * @param seed decides generated names; a different one for each request
 * @param verdicts of the gateway's authorizers
 * @param answers of webhooks, as far as they were called
 * @param open takes the calls that are to be answered before anything is decided
 * @param notes takes what admission says beside its verdict
 */
public record RequestContext(
        Caller caller,
        String uid,
        long seed,
        WriteOptions options,
        Verdicts verdicts,
        Answers answers,
        OpenCalls open,
        Notes notes) {
    /** Before any webhook was asked. */
    public static RequestContext of(Caller caller, String uid, long seed, WriteOptions options) {
        return new RequestContext(
                caller,
                uid,
                seed,
                options,
                Verdicts.OF_ROLES,
                Answers.NONE,
                new OpenCalls(),
                new Notes());
    }

    public boolean isDryRun() {
        return options.isDryRun();
    }

    /** The same, as the gateway's authorizers judged of it. */
    public RequestContext with(Verdicts others) {
        return new RequestContext(caller, uid, seed, options, others, answers, open, notes);
    }

    /** For a further attempt, with nothing noted yet. */
    public RequestContext with(Answers more) {
        return new RequestContext(
                caller, uid, seed, options, verdicts, more, new OpenCalls(), new Notes());
    }
}
