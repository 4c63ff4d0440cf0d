package dev.gantry.state.shell.api.read;

import static dev.gantry.state.shell.api.reply.Refused.accepted;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.history.History;
import dev.gantry.state.history.HistoryPoint;
import dev.gantry.state.history.PointInTime;
import dev.gantry.state.listing.Page;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.log.StateLog.Snapshot;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.request.Call;
import dev.gantry.state.request.Form;
import dev.gantry.state.request.ListPlan;
import dev.gantry.state.request.ListPlan.Source;
import dev.gantry.state.shell.api.reply.Refused;
import dev.gantry.state.shell.api.reply.Rendering;
import dev.gantry.state.shell.api.reply.Replies;
import dev.gantry.state.shell.webhook.WebhookConversions;
import dev.gantry.state.view.View;
import java.util.List;
import java.util.Optional;

/** Answers get and list. */
public final class ReadRoute {
    private final StateLog log;
    private final History history;
    private final Rendering rendering;
    private final WebhookConversions conversions;
    private final Snapshots snapshots = new Snapshots();

    public ReadRoute(
            StateLog log, History history, Rendering rendering, WebhookConversions conversions) {
        this.log = log;
        this.history = history;
        this.rendering = rendering;
        this.conversions = conversions;
    }

    /** Cost: in plain JSON the reply is the very array that the memory keeps. */
    public ApiReply get(Call call) throws InterruptedException {
        Form form = accepted(Form.of(call, Negotiation.Offer.OBJECTS));
        if (call.view() instanceof View.Live) {
            Freshness.await(log, accepted(call.notOlderThan()));
        }
        StoredObject found = conversions.read(call.target().version(), accepted(call.stored()));
        byte[] body = rendering.object(form, call, found);
        return Replies.whole(200, form.contentType(), body);
    }

    public ApiReply list(Call call) throws InterruptedException {
        Form form = accepted(Form.of(call, Negotiation.Offer.OBJECTS));
        return rendering.list(form, call, page(call));
    }

    /**
     * One page. The snapshot of a list in several pages is kept from the first to the last of them.
     */
    public Page page(Call call) throws InterruptedException {
        ListPlan plan = accepted(ListPlan.of(call));
        Snapshot snapshot = snapshot(call, plan);
        Page page = cut(call, snapshot, plan);
        String namespace = plan.selection().namespace();
        if (plan.after().isEmpty()) {
            if (plan.limit() > 0 && snapshot.objects().size() > plan.limit()) {
                snapshots.keep(call.target().resource(), namespace, snapshot);
            }
        } else if (page.resume().isEmpty()) {
            snapshots.drop(call.target().resource(), namespace, snapshot.revision());
        }
        return page;
    }

    /** Converted are the objects of the page, or all of them where selectors look into them. */
    private Page cut(Call call, Snapshot snapshot, ListPlan plan) throws InterruptedException {
        ServedVersion version = call.target().version();
        boolean selects = !plan.selection().isEverything();
        Snapshot shown = selects ? conversions.read(version, snapshot) : snapshot;
        Page page = Page.of(shown, plan.selection(), plan.limit(), plan.lastPath());
        return selects
                ? page
                : new Page(
                        page.revision(),
                        conversions.read(version, page.objects()),
                        page.resume(),
                        page.remaining());
    }

    private Snapshot snapshot(Call call, ListPlan plan) throws InterruptedException {
        var resource = call.target().resource();
        String namespace = plan.selection().namespace();
        return switch (plan.source()) {
            case Source.Past _ -> call.view().list(resource, namespace);
            case Source.All(var notOlderThan) -> {
                Freshness.await(log, notOlderThan);
                yield log.list(resource, namespace);
            }
            case Source.Indexed(var notOlderThan, var field, var value) -> {
                Freshness.await(log, notOlderThan);
                yield log.listByField(resource, field, value);
            }
            case Source.Named(var notOlderThan, var name) -> {
                Freshness.await(log, notOlderThan);
                yield single(call, name);
            }
            case Source.Exact(var notOlderThan, var revision, var unknown) -> {
                Freshness.await(log, notOlderThan);
                yield known(call, namespace, revision).orElseThrow(() -> new Refused(unknown));
            }
        };
    }

    /** The revision is read first: the object may be newer than it says, never older. */
    private Snapshot single(Call call, String name) {
        Revision revision = log.revision();
        Optional<StoredObject> found = log.get(call.target().named(name).key());
        return new Snapshot(revision, found.map(List::of).orElseGet(List::of));
    }

    /** The list as it was at a revision, where that can still be told. */
    private Optional<Snapshot> known(Call call, String namespace, Revision revision) {
        var resource = call.target().resource();
        Optional<Snapshot> kept = snapshots.find(resource, namespace, revision);
        if (kept.isPresent()) {
            return kept;
        }
        Snapshot now = log.list(resource, namespace);
        if (now.revision().equals(revision)) {
            return Optional.of(now);
        }
        // The history masks confidential values: they are never answered from it as if live.
        boolean isTold =
                !call.catalog().isConfidential(resource)
                        && history.find(new HistoryPoint.AtRevision(revision))
                                instanceof PointInTime.Known;
        return isTold
                ? Optional.of(new Snapshot(revision, history.list(resource, namespace, revision)))
                : Optional.empty();
    }
}
