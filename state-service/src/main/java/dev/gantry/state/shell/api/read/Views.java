package dev.gantry.state.shell.api.read;

import dev.gantry.model.refusal.Judged;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.state.history.History;
import dev.gantry.state.request.PastRequest;
import dev.gantry.state.view.View;

/** Finds the world that a request asks about. */
public record Views(View live, History history) {
    public Judged<View> of(ApiRequest request) {
        return request.view().isEmpty()
                ? Judged.of(live)
                : PastRequest.moment(request)
                        .then(moment -> PastRequest.view(history.find(moment), history));
    }
}
