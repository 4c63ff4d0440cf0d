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
import dev.gantry.state.shell.api.reply.GatewayVerdicts;
import dev.gantry.state.shell.api.reply.Refused;
import dev.gantry.state.shell.api.reply.Warned;
import dev.gantry.state.shell.api.write.Tools;
import dev.gantry.state.shell.api.write.Writes;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Answers delete and deletecollection. */
final class DeleteRoute {
    private static final int WORKERS = 64;

    private final Tools tools;
    private final Writes writes;
    private final ReadRoute reads;

    DeleteRoute(Tools tools, Writes writes, ReadRoute reads) {
        this.tools = tools;
        this.writes = writes;
        this.reads = reads;
    }

    ApiReply delete(Call call) throws InterruptedException {
        DeleteRequest request = accepted(DeleteRequest.of(call, tools.bodies()));
        Form form = accepted(Form.of(call, Negotiation.Offer.OBJECTS));
        return Warned.of(
                warning(call, request),
                () -> {
                    Done done = run(call, call.target(), request);
                    Answer answer = Answer.deleted(call, request.deletion(), done);
                    return tools.rendering().answer(form, call, answer);
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

    /** Compat: the answer lists what was there before; deletion goes on past those just gone. */
    ApiReply deleteCollection(Call call) throws InterruptedException {
        DeleteRequest request = accepted(DeleteRequest.of(call, tools.bodies()));
        Form form = accepted(Form.of(call, Negotiation.Offer.OBJECTS));
        Page page = reads.page(call);
        return Warned.of(
                warning(call, request),
                () -> {
                    deleteAll(call, page.objects(), request);
                    return tools.rendering().list(form, call, page);
                });
    }

    /**
     * Side by side, since each waits for its commit.
     *
     * <p>Cost: one after the other, ten thousand pods took longer than a request may.
     */
    private void deleteAll(Call call, List<StoredObject> objects, DeleteRequest request)
            throws InterruptedException {
        var next = new ConcurrentLinkedQueue<>(objects);
        Callable<Boolean> worker =
                () -> {
                    for (var each = next.poll(); each != null; each = next.poll()) {
                        deleteOne(call, each, request);
                    }
                    return true;
                };
        int count = Math.min(WORKERS, objects.size());
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> judged = GatewayVerdicts.carried(worker);
            for (var each : workers.invokeAll(Collections.nCopies(count, judged))) {
                each.get();
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException("deleting " + call.kind().plural(), failed);
        }
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
