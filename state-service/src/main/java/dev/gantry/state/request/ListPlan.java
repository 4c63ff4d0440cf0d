package dev.gantry.state.request;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.selector.FieldSelector;
import dev.gantry.state.listing.ContinueToken;
import dev.gantry.state.listing.Selection;
import dev.gantry.state.registry.option.ListOptions;
import dev.gantry.state.registry.option.ListOptions.Match;
import dev.gantry.state.view.View;
import java.util.Optional;

/**
 * How a list is answered: what it is cut from, and where it goes on.
 *
 * @param limit of one page; zero for none
 * @param after the last object that was sent; empty on the first page
 */
public record ListPlan(Selection selection, long limit, Source source, Optional<String> after) {
    private static final String NODE_FIELD = "spec.nodeName";

    /** What the objects are taken from. */
    public sealed interface Source {
        /** The call's view of the past, which is the same for every page. */
        record Past() implements Source {}

        /** All there are now. */
        record All(Revision notOlderThan) implements Source {}

        /** Those whose field has this value now: there is an index of it. */
        record Indexed(Revision notOlderThan, String field, String value) implements Source {}

        /** The one of this name now. */
        record Named(Revision notOlderThan, String name) implements Source {}

        /**
         * All there were at a revision.
         *
         * @param unknown the refusal where that cannot be told any more
         */
        record Exact(Revision notOlderThan, Revision revision, Refusal unknown) implements Source {}
    }

    public static Judged<ListPlan> of(Call call) {
        return ListRequest.of(call).then(request -> of(call, request));
    }

    /** Where the last page ended; empty on the first. */
    public String lastPath() {
        return after.orElse("");
    }

    private static Judged<ListPlan> of(Call call, ListRequest request) {
        ListOptions options = request.options();
        if (!options.resume().isEmpty()) {
            return resumed(call, request);
        }
        return Judged.of(
                new ListPlan(
                        request.selection(),
                        options.limit(),
                        first(call, request),
                        Optional.empty()));
    }

    private static Source first(Call call, ListRequest request) {
        ListOptions options = request.options();
        if (!(call.view() instanceof View.Live)) {
            return new Source.Past();
        }
        // Compat: a revision with a limit and no match is meant exactly.
        boolean isExact =
                options.revision().value() != 0
                        && (options.match() == Match.EXACT
                                || (options.match() == Match.UNSET && options.limit() > 0));
        if (isExact) {
            return new Source.Exact(
                    options.revision(),
                    options.revision(),
                    new Refusal.Expired("The resourceVersion for the provided list is too old."));
        }
        // What later pages are cut from must be whole, not what an index found.
        return options.limit() > 0
                ? new Source.All(options.revision())
                : indexed(call, request.selection(), options.revision());
    }

    private static Source indexed(Call call, Selection selection, Revision notOlderThan) {
        for (FieldSelector.Term term : selection.fields().terms()) {
            if (!term.isEqual()) {
                continue;
            }
            if (call.target().resource().equals(Resources.PODS)
                    && term.field().equals(NODE_FIELD)) {
                return new Source.Indexed(notOlderThan, NODE_FIELD, term.value());
            }
            boolean isOne =
                    term.field().equals("metadata.name")
                            && (!selection.namespace().isEmpty() || !call.kind().isNamespaced());
            if (isOne) {
                return new Source.Named(notOlderThan, term.value());
            }
        }
        return new Source.All(notOlderThan);
    }

    private static Judged<ListPlan> resumed(Call call, ListRequest request) {
        ListOptions options = request.options();
        if (!options.version().isEmpty() && !options.version().equals("0")) {
            return Judged.refused(
                    new Refusal.BadRequest(
                            "specifying resource version is not allowed when using continue"));
        }
        return Judged.present(
                        ContinueToken.decode(options.resume()),
                        new Refusal.BadRequest(
                                "invalid continue token: continue key is not valid: "
                                        + whyUnreadable(options.resume())))
                .map(
                        token ->
                                new ListPlan(
                                        request.selection(),
                                        options.limit(),
                                        resumed(call, token),
                                        Optional.of(token.lastPath())));
    }

    /** Compat: what is no base64 is told in the words of Go's decoder. */
    private static String whyUnreadable(String resume) {
        for (int i = 0; i < resume.length(); i++) {
            char each = resume.charAt(i);
            boolean isOfAlphabet =
                    each < 128 && (Character.isLetterOrDigit(each) || each == '-' || each == '_');
            if (!isOfAlphabet) {
                return "illegal base64 data at input byte " + i;
            }
        }
        int rest = resume.length() % 4;
        return rest == 1
                ? "illegal base64 data at input byte " + (resume.length() - rest)
                : "encoding is not known";
    }

    private static Source resumed(Call call, ContinueToken token) {
        if (!(call.view() instanceof View.Live)) {
            return new Source.Past();
        }
        if (token.revision().equals(Revision.NONE)) {
            return new Source.All(Revision.NONE);
        }
        String inconsistent = new ContinueToken(Revision.NONE, token.lastPath()).encode();
        return new Source.Exact(
                Revision.NONE, token.revision(), new Refusal.ExpiredList(inconsistent));
    }
}
