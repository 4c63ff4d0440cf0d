package dev.gantry.state.ingest;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.apply.FieldTracking;
import dev.gantry.state.apply.Scope;
import dev.gantry.state.apply.Writer;
import dev.gantry.state.schema.KindName;
import dev.gantry.state.schema.Schema;
import java.time.Instant;

/**
 * Who is noted as having set what is taken in: as if the agent or the scheduler had written it
 * through the API, under the names that they use there.
 */
record NotedFields(String manager, Instant now) {
    static final String STATUS = "status";

    static NotedFields ofAgent(Instant now) {
        return new NotedFields("kubelet", now);
    }

    static NotedFields ofScheduler(Instant now) {
        return new NotedFields("kube-scheduler", now);
    }

    /**
     * @param updated changed in place: gets its {@code managedFields}
     */
    void status(Resource updated, Resource before) {
        note(updated, before, STATUS, Scope.Reset.SPEC);
    }

    /** Both what is the object's own and its status. */
    void all(Resource updated, Resource before) {
        note(updated, before, "", Scope.Reset.STATUS);
        note(updated, before, STATUS, Scope.Reset.SPEC);
    }

    void created(Resource object) {
        KindName kind = kindOf(object);
        Schema.builtin()
                .of(kind)
                .map(type -> Scope.of(type, Scope.Reset.NOTHING))
                .ifPresent(
                        scope ->
                                FieldTracking.created(
                                        object.tree(),
                                        scope,
                                        Writer.updating(manager, kind.apiVersion(), ""),
                                        now));
    }

    private void note(Resource updated, Resource before, String subresource, Scope.Reset reset) {
        KindName kind = kindOf(updated);
        Schema.builtin()
                .of(kind)
                .map(type -> Scope.of(type, reset))
                .ifPresent(
                        scope ->
                                FieldTracking.updated(
                                        updated.tree(),
                                        before.tree(),
                                        scope,
                                        Writer.updating(manager, kind.apiVersion(), subresource),
                                        now));
    }

    private static KindName kindOf(Resource object) {
        return KindName.of(object.apiVersion(), object.kind());
    }
}
