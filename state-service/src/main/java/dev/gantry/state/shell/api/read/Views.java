package dev.gantry.state.shell.api.read;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.refusal.Judged;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.state.history.History;
import dev.gantry.state.kind.core.componentstatus.ComponentStatusKind;
import dev.gantry.state.request.PastRequest;
import dev.gantry.state.view.View;
import java.util.function.Supplier;

/**
 * Finds the world that a request asks about.
 *
 * @param components makes what is told of the cluster's components
 */
public record Views(View live, History history, Supplier<View> components) {
    private static final GroupResource COMPONENTS = ComponentStatusKind.KIND.resource();

    public Judged<View> of(ApiRequest request) {
        if (request.plural().equals(COMPONENTS.plural()) && request.group().isEmpty()) {
            return Judged.of(components.get());
        }
        return request.view().isEmpty()
                ? Judged.of(live)
                : PastRequest.moment(request)
                        .then(moment -> PastRequest.view(history.find(moment), history));
    }
}
