package dev.gantry.state.shell.api.read;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.selector.FieldSelector;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.history.History;
import dev.gantry.state.history.Moment;
import dev.gantry.state.history.PointInTime;
import dev.gantry.state.listing.ContinueToken;
import dev.gantry.state.listing.Page;
import dev.gantry.state.listing.Selection;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.log.StateLog.Snapshot;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.registry.option.ListOptions;
import dev.gantry.state.registry.option.ListOptions.Match;
import dev.gantry.state.request.Call;
import dev.gantry.state.shell.api.reply.Refused;
import dev.gantry.state.shell.api.reply.Rendering;
import dev.gantry.state.shell.api.reply.Replies;
import dev.gantry.state.view.View;
import java.util.List;
import java.util.Optional;

/** Answers get and list. */
public final class ReadRoute {
    private static final String NODE_FIELD = "spec.nodeName";

    private final StateLog log;
    private final History history;
    private final Rendering rendering;
    private final Snapshots snapshots = new Snapshots();

    public ReadRoute(StateLog log, History history, Rendering rendering) {
        this.log = log;
        this.history = history;
        this.rendering = rendering;
    }

    /** Cost: in plain JSON the reply is the very array that the memory keeps. */
    public ApiReply get(Call call) throws InterruptedException {
        Rendering.Form form = rendering.form(call, Negotiation.Offer.OBJECTS);
        String version = call.query().first("resourceVersion");
        if (!version.isEmpty() && call.view() instanceof View.Live) {
            Freshness.await(log, Revision.parse(version).orElse(Revision.NONE));
        }
        Optional<StoredObject> found = call.view().get(call.target().key());
        if (found.isEmpty()) {
            throw new Refused(new Refusal.Missing(call.target().requested(), call.target().name()));
        }
        byte[] body = rendering.object(form, call, found.get().json());
        return Replies.whole(200, form.contentType(), body);
    }

    public ApiReply list(Call call) throws InterruptedException {
        Rendering.Form form = rendering.form(call, Negotiation.Offer.OBJECTS);
        return rendering.list(form, call, page(call));
    }

    public Page page(Call call) throws InterruptedException {
        ListOptions options = Selections.options(call, false);
        Selection selection = Selections.of(call, options);
        if (!options.resume().isEmpty()) {
            return resumed(call, selection, options);
        }
        Snapshot snapshot = snapshot(call, selection, options);
        if (options.limit() > 0 && snapshot.objects().size() > options.limit()) {
            snapshots.keep(call.target().resource(), selection.namespace(), snapshot);
        }
        return Page.of(snapshot, selection, options.limit(), "");
    }

    private Snapshot snapshot(Call call, Selection selection, ListOptions options)
            throws InterruptedException {
        if (!(call.view() instanceof View.Live)) {
            return call.view().list(call.target().resource(), selection.namespace());
        }
        // Compat: a revision with a limit and no match is meant exactly.
        boolean isExact =
                options.revision().value() != 0
                        && (options.match() == Match.EXACT
                                || (options.match() == Match.UNSET && options.limit() > 0));
        Freshness.await(log, options.revision());
        if (isExact) {
            return at(call, selection, options.revision());
        }
        // What later pages are cut from must be whole, not what an index found.
        return options.limit() > 0
                ? log.list(call.target().resource(), selection.namespace())
                : live(call, selection);
    }

    private Snapshot live(Call call, Selection selection) {
        for (FieldSelector.Term term : selection.fields().terms()) {
            if (!term.isEqual()) {
                continue;
            }
            if (call.target().resource().equals(Resources.PODS)
                    && term.field().equals(NODE_FIELD)) {
                return log.listByField(call.target().resource(), NODE_FIELD, term.value());
            }
            boolean isOne =
                    term.field().equals("metadata.name")
                            && (!selection.namespace().isEmpty() || !call.kind().isNamespaced());
            if (isOne) {
                return single(call, term.value());
            }
        }
        return log.list(call.target().resource(), selection.namespace());
    }

    /** The revision is read first: the object may be newer than it says, never older. */
    private Snapshot single(Call call, String name) {
        Revision revision = log.revision();
        Optional<StoredObject> found = log.get(call.target().named(name).key());
        return new Snapshot(revision, found.map(List::of).orElseGet(List::of));
    }

    private Page resumed(Call call, Selection selection, ListOptions options) {
        if (!options.version().isEmpty() && !options.version().equals("0")) {
            throw new Refused(
                    new Refusal.BadRequest(
                            "specifying resource version is not allowed when using continue"));
        }
        Optional<ContinueToken> token = ContinueToken.decode(options.resume());
        if (token.isEmpty()) {
            throw new Refused(
                    new Refusal.BadRequest("continue key is not valid: encoding is not known"));
        }
        Snapshot snapshot = pagesBase(call, selection, token.get());
        Page page = Page.of(snapshot, selection, options.limit(), token.get().lastPath());
        if (page.resume().isEmpty()) {
            snapshots.drop(call.target().resource(), selection.namespace(), snapshot.revision());
        }
        return page;
    }

    private Snapshot pagesBase(Call call, Selection selection, ContinueToken token) {
        if (!(call.view() instanceof View.Live)) {
            return call.view().list(call.target().resource(), selection.namespace());
        }
        if (token.revision().equals(Revision.NONE)) {
            return log.list(call.target().resource(), selection.namespace());
        }
        return known(call, selection, token.revision())
                .orElseThrow(
                        () ->
                                new Refused(
                                        new Refusal.ExpiredList(
                                                new ContinueToken(Revision.NONE, token.lastPath())
                                                        .encode())));
    }

    private Snapshot at(Call call, Selection selection, Revision revision) {
        return known(call, selection, revision)
                .orElseThrow(
                        () ->
                                new Refused(
                                        new Refusal.Expired(
                                                "The resourceVersion for the provided list is too"
                                                        + " old.")));
    }

    /** The list as it was at a revision, where that can still be told. */
    private Optional<Snapshot> known(Call call, Selection selection, Revision revision) {
        var resource = call.target().resource();
        Optional<Snapshot> kept = snapshots.find(resource, selection.namespace(), revision);
        if (kept.isPresent()) {
            return kept;
        }
        Snapshot now = log.list(resource, selection.namespace());
        if (now.revision().equals(revision)) {
            return Optional.of(now);
        }
        // The history masks confidential values: they are never answered from it as if live.
        boolean isTold =
                !call.target().definition().storage().isConfidential()
                        && history.find(new Moment.AtRevision(revision))
                                instanceof PointInTime.Known;
        return isTold
                ? Optional.of(
                        new Snapshot(
                                revision, history.list(resource, selection.namespace(), revision)))
                : Optional.empty();
    }
}
