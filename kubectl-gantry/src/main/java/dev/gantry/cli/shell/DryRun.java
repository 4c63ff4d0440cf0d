package dev.gantry.cli.shell;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.cli.plan.Admission;
import dev.gantry.cli.plan.Planned;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.Optional;
import okhttp3.MediaType;

/**
 * Asks the API for the defaults of an object by a dry run, so that admission has its say. A kind
 * that it does not serve, and an object of a namespace that is only planned, stay as they are.
 * Unknown fields are refused, as kubectl has them refused.
 */
final class DryRun implements Admission {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final MediaType APPLY = MediaType.get("application/apply-patch+yaml");
    private static final String WRITER = "fieldManager=kubectl-gantry&fieldValidation=Strict";

    private final ClusterApi api;
    private final Planned planned;

    DryRun(ClusterApi api, Planned planned) {
        this.api = api;
        this.planned = planned;
    }

    @Override
    public Answer admit(Resource object) {
        Optional<Kind> kind = ClusterObjects.kindOf(object);
        if (kind.isEmpty() || planned.isInPlannedNamespace(object)) {
            return new Answer.Admitted(planned.restored(object, object));
        }
        ObjectKey key = object.key(kind.get().resource());
        Resource known = kind.get().equals(Kinds.POD) ? planned.hidden(object) : object;
        try {
            // With generateName it has no name yet, and is new each time.
            boolean isThere = !object.name().isEmpty() && api.get(key).isPresent();
            Resource answer = isThere ? apply(key, known) : create(key, known);
            answer.tree().put("apiVersion", object.apiVersion()).put("kind", object.kind());
            return new Answer.Admitted(planned.restored(object, answer));
        } catch (ApiRefused refused) {
            return new Answer.Refused(String.valueOf(refused.getMessage()));
        }
    }

    private Resource create(ObjectKey key, Resource object) {
        String path = ClusterApi.path(key.resource(), key.namespace());
        return api.send("POST", path + "?dryRun=All&" + WRITER, object.tree(), JSON);
    }

    private Resource apply(ObjectKey key, Resource object) {
        String path = ClusterApi.path(key);
        return api.send("PATCH", path + "?dryRun=All&force=true&" + WRITER, object.tree(), APPLY);
    }
}
