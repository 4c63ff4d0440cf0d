package dev.gantry.state.shell.api.watch;

import dev.gantry.model.meta.Revision;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.refusal.StatusBody;
import dev.gantry.state.frame.Bookmarks;
import dev.gantry.state.frame.WatchEvent;
import dev.gantry.state.request.Call;
import dev.gantry.state.request.Form;
import dev.gantry.state.schema.StructType;
import dev.gantry.state.shell.api.reply.Rendering;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Encodes the frames of one watch in the form that its client asked for. Used by one thread. */
final class WatchFrames {
    private final Call call;
    private final Rendering rendering;
    private final Form form;
    private final FrameCache shared;
    private boolean hasSent;

    WatchFrames(Call call, Rendering rendering, Form form, FrameCache shared) {
        this.call = call;
        this.rendering = rendering;
        this.form = form;
        this.shared = shared;
    }

    byte[] event(WatchEvent sighting) {
        String type = sighting.type().name();
        if (sighting.isRestamped()) {
            ObjectNode tree = sighting.object().decode().tree();
            ((ObjectNode) tree.path("metadata"))
                    .put("resourceVersion", sighting.revision().toString());
            byte[] json = JsonMapper.shared().writeValueAsBytes(tree);
            return frame(type, json);
        }
        byte[] json = sighting.object().json();
        return form.isStoredForm() && call.target().version().isStored()
                ? shared.frame(sighting.type(), sighting.object(), () -> frame(type, json))
                : frame(type, json);
    }

    byte[] bookmark(Revision revision, boolean endsInitial) {
        byte[] json =
                JsonMapper.shared()
                        .writeValueAsBytes(
                                Bookmarks.of(
                                        call.kind(),
                                        zeroType(),
                                        call.target().strategy().fieldAnnotations(),
                                        revision,
                                        endsInitial));
        return frame("BOOKMARK", json);
    }

    private Optional<StructType> zeroType() {
        return call.schema().isBuiltin() ? call.schema().wire() : Optional.empty();
    }

    byte[] error(Refusal refusal) {
        byte[] json = JsonMapper.shared().writeValueAsBytes(StatusBody.of(refusal));
        return rendering.errorFrame(form, json);
    }

    private byte[] frame(String type, byte[] json) {
        boolean isFirst = !hasSent;
        hasSent = true;
        return rendering.frame(form, call, type, json, isFirst);
    }
}
