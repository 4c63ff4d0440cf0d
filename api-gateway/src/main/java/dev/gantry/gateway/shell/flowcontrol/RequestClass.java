package dev.gantry.gateway.shell.flowcontrol;

import dev.gantry.gateway.flowcontrol.FlowSchema;
import dev.gantry.gateway.flowcontrol.PriorityLevel;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * What the requests of one schema share. Made once per configuration, so that classifying a request
 * makes nothing new.
 *
 * @param widest how many seats one of them may take
 */
public record RequestClass(
        FlowSchema schema, PriorityLevel level, Seats seats, RequestCounts counts, int widest) {
    /** Tells the client how it was classified. Compat: as upstream, by the uids of the objects. */
    public void note(HttpHeaders headers) {
        if (!schema.uid().isEmpty()) {
            headers.set("X-Kubernetes-PF-FlowSchema-UID", schema.uid());
        }
        if (!level.uid().isEmpty()) {
            headers.set("X-Kubernetes-PF-PriorityLevel-UID", level.uid());
        }
    }
}
