package dev.gantry.state.request;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.state.history.History;
import dev.gantry.state.history.HistoryPoint;
import dev.gantry.state.history.PointInTime;
import dev.gantry.state.view.View;

/** A request below {@code /asof/}: what it asks about is over, and only to be read. */
public final class PastRequest {
    private static final String PREFIX = "asof/";
    private static final GroupResource NO_RESOURCE = new GroupResource("", "");

    private PastRequest() {}

    /** When it is about. */
    public static Judged<HistoryPoint> moment(ApiRequest request) {
        if (!request.isReadOnly()) {
            return Judged.refused(
                    new Refusal.Forbidden(
                            request.isResource() ? request.resource() : NO_RESOURCE,
                            request.name(),
                            "the past cannot be changed: /"
                                    + request.view()
                                    + " answers get and list only"));
        }
        String when = request.view().substring(PREFIX.length());
        return Judged.present(
                HistoryPoint.parse(when),
                new Refusal.BadRequest(
                        "\"%s\" is neither an RFC 3339 time nor a resource version"
                                .formatted(when)));
    }

    /**
     * @param point what the history has found of the moment
     */
    public static Judged<View> view(PointInTime point, History history) {
        return switch (point) {
            case PointInTime.Known(var revision) -> Judged.of(new View.AsOf(revision, history));
            case PointInTime.Forgotten(var why) -> Judged.refused(new Refusal.Expired(why));
            case PointInTime.NotYet(var why) -> Judged.refused(new Refusal.BadRequest(why));
        };
    }
}
