package dev.gantry.state.shell.api.route;

import static dev.gantry.state.shell.api.reply.Refused.accepted;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.registry.Target;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.request.Answer;
import dev.gantry.state.request.ApplyEdit;
import dev.gantry.state.request.Call;
import dev.gantry.state.request.Done;
import dev.gantry.state.request.Form;
import dev.gantry.state.request.Intent;
import dev.gantry.state.shell.api.reply.Refused;
import dev.gantry.state.shell.api.write.WriteDependencies;
import dev.gantry.state.shell.api.write.Writes;
import dev.gantry.state.strategy.SubresourceRules;

/** Answers server-side applies: they create what is not there, and change what is. */
record ApplyRoute(WriteDependencies dependencies, Writes writes) {
    /** An object that comes and goes faster than this is somebody's mistake. */
    private static final int MOST_ATTEMPTS = 5;

    ApiReply apply(Call call, SubresourceRules rules, WriteOptions options)
            throws InterruptedException {
        Form form = accepted(Form.of(call, Negotiation.Offer.OBJECTS));
        ApplyEdit edit = accepted(ApplyEdit.of(call, rules, options, dependencies.bodies()));
        Intent intent = Intent.of(call, options, rules.subresource()).applying();
        Done done = perform(edit, rules, intent);
        return dependencies
                .rendering()
                .answer(form, call, Answer.written(call, done, edit.configuration().warnings()));
    }

    private Done perform(ApplyEdit edit, SubresourceRules rules, Intent intent)
            throws InterruptedException {
        Target target = edit.call().target();
        for (int i = 1; ; i++) {
            boolean isNew = dependencies.log().get(target.key()).isEmpty();
            try {
                return isNew && rules.isWhole()
                        ? writes.create(
                                target,
                                accepted(edit.created(dependencies.contexts().now())),
                                intent)
                        : writes.update(target, rules, intent, edit);
            } catch (Refused refused) {
                boolean wasOvertaken =
                        isNew
                                ? refused.why() instanceof Refusal.Exists
                                : refused.why() instanceof Refusal.Missing;
                if (!rules.isWhole() || !wasOvertaken || i == MOST_ATTEMPTS) {
                    throw refused;
                }
            }
        }
    }
}
