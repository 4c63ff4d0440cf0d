package dev.gantry.state.request;

import dev.gantry.model.meta.Revision;
import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.listing.Selection;
import dev.gantry.state.registry.option.ListOptions;
import dev.gantry.state.view.View;
import java.time.Duration;
import java.util.Optional;

/**
 * How a watch begins and ends.
 *
 * <p>Compat: the meaning of {@code resourceVersion}: none, or 0, begins with what there is now; a
 * revision begins right after it.
 *
 * @param revision what the client has seen; zero where it has seen nothing
 * @param sendsInitial whether the objects that there are come first
 * @param closesInitial whether a bookmark says that they are all there
 * @param timeout as the client wants it; empty for as long as the server likes
 */
public record WatchPlan(
        Selection selection,
        Revision revision,
        boolean sendsInitial,
        boolean closesInitial,
        boolean wantsBookmarks,
        Optional<Duration> timeout) {
    public static Judged<WatchPlan> of(Call call) {
        return call.view() instanceof View.Live
                ? ListRequest.of(call).map(WatchPlan::of)
                : Judged.refused(new Refusal.MethodNotAllowed(call.target().requested(), "watch"));
    }

    private static WatchPlan of(ListRequest request) {
        ListOptions.Watching watching = request.options().watching();
        Revision revision = request.options().revision();
        boolean sendsInitial = watching.sendsInitialEvents().orElse(revision.value() == 0);
        return new WatchPlan(
                request.selection(),
                revision,
                sendsInitial,
                sendsInitial && watching.sendsInitialEvents().isPresent(),
                watching.wantsBookmarks(),
                watching.timeout().filter(it -> !it.isZero()));
    }
}
