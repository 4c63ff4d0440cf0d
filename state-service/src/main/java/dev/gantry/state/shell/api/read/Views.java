package dev.gantry.state.shell.api.read;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.state.history.History;
import dev.gantry.state.history.Moment;
import dev.gantry.state.history.PointInTime;
import dev.gantry.state.shell.api.reply.Refused;
import dev.gantry.state.view.View;

/** Finds the world that a request asks about. */
public final class Views {
    private static final String PREFIX = "asof/";
    private static final GroupResource NO_RESOURCE = new GroupResource("", "");

    private final View live;
    private final History history;

    public Views(View live, History history) {
        this.live = live;
        this.history = history;
    }

    public View of(ApiRequest request) {
        if (request.view().isEmpty()) {
            return live;
        }
        if (!request.isReadOnly()) {
            throw new Refused(
                    new Refusal.Forbidden(
                            request.isResource() ? request.resource() : NO_RESOURCE,
                            request.name(),
                            "the past cannot be changed: /"
                                    + request.view()
                                    + " answers get and list only"));
        }
        String when = request.view().substring(PREFIX.length());
        Moment moment =
                Moment.parse(when)
                        .orElseThrow(
                                () ->
                                        new Refused(
                                                new Refusal.BadRequest(
                                                        "\"%s\" is neither an RFC 3339 time nor a resource version"
                                                                .formatted(when))));
        return switch (history.find(moment)) {
            case PointInTime.Known(var revision) -> new View.AsOf(revision, history);
            case PointInTime.Forgotten(var why) -> throw new Refused(new Refusal.Expired(why));
            case PointInTime.NotYet(var why) -> throw new Refused(new Refusal.BadRequest(why));
        };
    }
}
