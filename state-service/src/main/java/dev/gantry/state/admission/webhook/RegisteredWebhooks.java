package dev.gantry.state.admission.webhook;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.match.ConfiguresAdmission;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.view.View;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The webhooks of all configurations of one resource, read again only when one of these has
 * changed. By name of the configuration, and then in its order.
 *
 * <p>Cost: a question compares one reference for each configuration.
 */
final class RegisteredWebhooks {
    private record Compiled(List<StoredObject> from, List<Webhook> webhooks) {}

    private final View view;
    private final GroupResource resource;

    /** Threads that miss it at once read the same twice. */
    private volatile @Nullable Compiled last;

    RegisteredWebhooks(View view, GroupResource resource) {
        this.view = view;
        this.resource = resource;
    }

    /** Those that may be asked about the request. */
    List<Webhook> about(AdmissionRequest request) {
        List<Webhook> all = current();
        return all.isEmpty() || ConfiguresAdmission.test(request.kind().resource())
                ? List.of()
                : all;
    }

    private List<Webhook> current() {
        List<StoredObject> now = view.list(resource, "").objects();
        Compiled found = last;
        if (found == null || !found.from.equals(now)) {
            found = new Compiled(now, read(now));
            last = found;
        }
        return found.webhooks;
    }

    private static List<Webhook> read(List<StoredObject> configurations) {
        List<Webhook> found = new ArrayList<>();
        for (StoredObject each : configurations) {
            Resource configuration = each.decode();
            int index = 0;
            for (JsonNode webhook : configuration.tree().path("webhooks")) {
                found.add(Webhook.of(webhook, configuration.name() + "/" + index));
                index++;
            }
        }
        return List.copyOf(found);
    }
}
