package dev.gantry.state.shell.api.watch;

import static dev.gantry.state.shell.api.reply.Refused.accepted;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.listing.Selection;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.log.StateLog.Snapshot;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.log.WatchCursor;
import dev.gantry.state.request.Call;
import dev.gantry.state.request.Form;
import dev.gantry.state.request.WatchPlan;
import dev.gantry.state.shell.api.read.Freshness;
import dev.gantry.state.shell.api.reply.ReadyFrames;
import dev.gantry.state.shell.api.reply.Rendering;
import dev.gantry.state.shell.api.reply.Replies;
import dev.gantry.state.shell.catalog.CurrentCatalog;
import dev.gantry.state.shell.webhook.WebhookConversions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Answers watches. */
public final class WatchRoute {
    private static final Duration SHORTEST_LIFETIME = Duration.ofMinutes(30);

    private final StateLog log;
    private final Rendering rendering;
    private final FrameCache shared = new FrameCache();
    private final OpenWatches open = new OpenWatches();
    private final CurrentCatalog catalog;
    private final WebhookConversions conversions;

    public WatchRoute(
            StateLog log,
            Rendering rendering,
            CurrentCatalog catalog,
            WebhookConversions conversions) {
        this.log = log;
        this.rendering = rendering;
        this.catalog = catalog;
        this.conversions = conversions;
        catalog.onChange(open::end);
    }

    public ApiReply watch(Call call) throws InterruptedException {
        WatchPlan plan = accepted(WatchPlan.of(call));
        Form form = accepted(Form.of(call, Negotiation.Offer.WATCHES));
        WatchFrames frames = new WatchFrames(call, rendering, form, shared);
        Start start;
        try {
            start = plan.sendsInitial() ? fromNow(call, plan) : from(call, plan);
        } catch (WatchCursor.TooOld tooOld) {
            // Compat: told on the stream, not by the reply's code.
            byte[] error = frames.error(new Refusal.Expired(String.valueOf(tooOld.getMessage())));
            return Replies.streaming(form.contentType(), new ReadyFrames(List.of(error)));
        }
        WatchStream stream =
                new WatchStream(
                        tracked(call, start.cursor),
                        start.initial,
                        plan,
                        plan.timeout().orElse(lifetime()),
                        frames);
        return Replies.streaming(form.contentType(), stream);
    }

    /** A definition that changed since the call began has not heard of this watch. */
    private WatchCursor tracked(Call call, WatchCursor cursor) {
        if (call.schema().isBuiltin()) {
            return cursor;
        }
        GroupResource resource = call.target().resource();
        WatchCursor tracked =
                conversions.read(call.target().version(), open.track(resource, cursor));
        boolean isCurrent =
                catalog.get().definition(resource).equals(call.catalog().definition(resource));
        if (!isCurrent) {
            tracked.close();
        }
        return tracked;
    }

    private record Start(WatchCursor cursor, List<StoredObject> initial) {}

    private Start fromNow(Call call, WatchPlan plan) throws InterruptedException {
        Freshness.await(log, plan.revision());
        Selection selection = plan.selection();
        Snapshot snapshot =
                conversions.read(
                        call.target().version(),
                        log.list(call.target().resource(), selection.namespace()));
        List<StoredObject> initial =
                snapshot.objects().stream().filter(selection::selects).toList();
        return new Start(log.watch(call.target().resource(), snapshot.revision()), initial);
    }

    private Start from(Call call, WatchPlan plan) {
        Revision after = plan.revision().value() == 0 ? log.revision() : plan.revision();
        return new Start(log.watch(call.target().resource(), after), List.of());
    }

    /** Compat: spread out, so that not all watchers come back at once. */
    private static Duration lifetime() {
        double factor = 1 + ThreadLocalRandom.current().nextDouble();
        return Duration.ofMillis((long) (SHORTEST_LIFETIME.toMillis() * factor));
    }
}
