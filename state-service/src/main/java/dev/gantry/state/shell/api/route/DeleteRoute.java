package dev.gantry.state.shell.api.route;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.codec.BodyEncoder;
import dev.gantry.state.codec.FieldValidation;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.listing.Page;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.registry.Command;
import dev.gantry.state.registry.Target;
import dev.gantry.state.registry.option.DeletionOptions;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.request.Call;
import dev.gantry.state.schema.KindName;
import dev.gantry.state.shell.api.read.ReadRoute;
import dev.gantry.state.shell.api.reply.Refused;
import dev.gantry.state.shell.api.reply.Rendering;
import dev.gantry.state.shell.api.reply.Replies;
import dev.gantry.state.shell.api.write.Bodies;
import dev.gantry.state.shell.api.write.Commits.Done;
import dev.gantry.state.shell.api.write.Tools;
import dev.gantry.state.shell.api.write.Writes;
import dev.gantry.state.shell.api.write.Writes.Intent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers delete and deletecollection. */
final class DeleteRoute {
    private static final int WORKERS = 64;
    private static final KindName OPTIONS = KindName.of("v1", "DeleteOptions");

    private final Tools tools;
    private final Writes writes;
    private final ReadRoute reads;

    DeleteRoute(Tools tools, Writes writes, ReadRoute reads) {
        this.tools = tools;
        this.writes = writes;
        this.reads = reads;
    }

    private record Asked(DeletionOptions deletion, WriteOptions write) {}

    ApiReply delete(Call call) throws InterruptedException {
        Asked asked = asked(call);
        Rendering.Form form = tools.rendering().form(call, Negotiation.Offer.OBJECTS);
        Done done = run(call, call.target(), asked);
        boolean isShown = !done.isRemoved() || call.target().strategy().returnsDeletedObject();
        // Compat: told apart only for the deprecated option.
        boolean isLater = !done.isRemoved() && !asked.deletion.orphansDependents().orElse(true);
        byte[] body =
                isShown
                        ? tools.rendering().object(form, call, shown(done))
                        : tools.rendering().plain(form, BodyEncoder.json(gone(call, done)));
        return Replies.whole(isLater ? 202 : 200, form.contentType(), body, done.warnings());
    }

    private Done run(Call call, Target target, Asked asked) throws InterruptedException {
        return writes.run(
                target,
                Intent.of(call, asked.write, ""),
                () -> new Command.Delete(target, asked.deletion));
    }

    /** Compat: the answer lists what was there before; deletion goes on past those just gone. */
    ApiReply deleteCollection(Call call) throws InterruptedException {
        Asked asked = asked(call);
        Rendering.Form form = tools.rendering().form(call, Negotiation.Offer.OBJECTS);
        Page page = reads.page(call);
        deleteAll(call, page.objects(), asked);
        return tools.rendering().list(form, call, page);
    }

    /**
     * Side by side, since each waits for its commit.
     *
     * <p>Cost: one after the other, ten thousand pods took longer than a request may.
     */
    private void deleteAll(Call call, List<StoredObject> objects, Asked asked)
            throws InterruptedException {
        var next = new ConcurrentLinkedQueue<>(objects);
        Callable<Boolean> worker =
                () -> {
                    for (var each = next.poll(); each != null; each = next.poll()) {
                        deleteOne(call, each, asked);
                    }
                    return true;
                };
        int count = Math.min(WORKERS, objects.size());
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each : workers.invokeAll(Collections.nCopies(count, worker))) {
                each.get();
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException("deleting " + call.kind().plural(), failed);
        }
    }

    private void deleteOne(Call call, StoredObject object, Asked asked)
            throws InterruptedException {
        var target = new Target(call.target().definition(), call.target().version(), object.key());
        try {
            run(call, target, asked);
        } catch (Refused refused) {
            if (!(refused.why() instanceof Refusal.Missing)) {
                throw refused;
            }
        }
    }

    private Asked asked(Call call) {
        WriteOptions write = Bodies.options(call, "DeleteOptions");
        if (!call.hasBody()) {
            try {
                return new Asked(DeletionOptions.of(call.query()), write);
            } catch (IllegalArgumentException malformed) {
                throw new Refused(new Refusal.BadRequest(String.valueOf(malformed.getMessage())));
            }
        }
        ObjectNode body = tools.bodies().read(call, OPTIONS, FieldValidation.IGNORE).tree();
        return new Asked(DeletionOptions.of(body), withDryRun(write, body.path("dryRun")));
    }

    private static WriteOptions withDryRun(WriteOptions options, JsonNode dryRun) {
        List<String> values = new ArrayList<>();
        dryRun.forEach(each -> values.add(each.asString("")));
        List<FieldError> errors = new ArrayList<>();
        WriteOptions.checkDryRun(values, errors);
        if (!errors.isEmpty()) {
            throw new Refused(new Refusal.Invalid("meta.k8s.io", "DeleteOptions", "", errors));
        }
        return values.isEmpty() ? options : options.asDryRun();
    }

    private static byte[] shown(Done done) {
        return done.stored().isPresent()
                ? done.stored().get().json()
                : BodyEncoder.json(done.tree().tree());
    }

    private static ObjectNode gone(Call call, Done done) {
        ObjectNode status = Replies.success();
        ObjectNode details = status.putObject("details");
        details.put("name", call.target().name());
        if (!call.kind().group().isEmpty()) {
            details.put("group", call.kind().group());
        }
        details.put("kind", call.kind().plural()).put("uid", done.tree().uid().value());
        return status;
    }
}
