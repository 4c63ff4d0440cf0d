package dev.gantry.state.shell.api.route;

import static dev.gantry.state.shell.api.reply.Refused.accepted;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.listing.Page;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.registry.Command;
import dev.gantry.state.registry.Target;
import dev.gantry.state.request.Answer;
import dev.gantry.state.request.Call;
import dev.gantry.state.request.DeleteRequest;
import dev.gantry.state.request.Done;
import dev.gantry.state.request.Form;
import dev.gantry.state.request.Intent;
import dev.gantry.state.shell.api.read.ReadRoute;
import dev.gantry.state.shell.api.reply.Refused;
import dev.gantry.state.shell.api.reply.Warned;
import dev.gantry.state.shell.api.write.WriteDependencies;
import dev.gantry.state.shell.api.write.Writes;
import java.util.Optional;

/** Answers delete and deletecollection. */
final class DeleteRoute {
    /** Cost: each waits for its commit; one by one, 10,000 pods took longer than a request may. */
    private static final Workers WORKERS = new Workers(64);

    private final WriteDependencies dependencies;
    private final Writes writes;
    private final ReadRoute reads;

    DeleteRoute(WriteDependencies dependencies, Writes writes, ReadRoute reads) {
        this.dependencies = dependencies;
        this.writes = writes;
        this.reads = reads;
    }

    ApiReply delete(Call call) throws InterruptedException {
        DeleteRequest request = accepted(DeleteRequest.of(call, dependencies.bodies()));
        Form form = accepted(Form.of(call, Negotiation.Offer.OBJECTS));
        return Warned.of(
                warning(call, request),
                () -> {
                    Done done = run(call, call.target(), request);
                    Answer answer = Answer.deleted(call, request.deletion(), done);
                    return dependencies.rendering().answer(form, call, answer);
                });
    }

    private static Optional<String> warning(Call call, DeleteRequest request) {
        return request.deletion().wantedPropagation().isEmpty()
                ? call.target().strategy().deletionWarning()
                : Optional.empty();
    }

    private Done run(Call call, Target target, DeleteRequest request) throws InterruptedException {
        return writes.run(
                target,
                Intent.of(call, request.write(), ""),
                () -> new Command.Delete(target, request.deletion()));
    }

    /**
     * Compat: the answer lists what was there before; deletion goes on past those just gone, and
     * ends at the first that is refused.
     */
    ApiReply deleteCollection(Call call) throws InterruptedException {
        DeleteRequest request = accepted(DeleteRequest.of(call, dependencies.bodies()));
        Form form = accepted(Form.of(call, Negotiation.Offer.OBJECTS));
        Page page = reads.page(call);
        return Warned.of(
                warning(call, request),
                () -> {
                    WORKERS.perform(page.objects(), each -> deleteOne(call, each, request));
                    return dependencies.rendering().list(form, call, page);
                });
    }

    private void deleteOne(Call call, StoredObject object, DeleteRequest request)
            throws InterruptedException {
        var target = new Target(call.target().definition(), call.target().version(), object.key());
        try {
            run(call, target, request);
        } catch (Refused refused) {
            if (!(refused.why() instanceof Refusal.Missing)) {
                throw refused;
            }
        }
    }
}
