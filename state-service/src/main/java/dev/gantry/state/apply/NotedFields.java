package dev.gantry.state.apply;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.schema.Field;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.schema.WrittenForm;
import java.time.Instant;

/**
 * Who is noted as having set what no request of its own sets: as if the agent, the scheduler or the
 * API server had written it through the API, under the names that they use there.
 */
public record NotedFields(String manager, Instant now) {
    private static final String STATUS = "status";

    public static NotedFields ofAgent(Instant now) {
        return new NotedFields("kubelet", now);
    }

    /** Of what changes along with what a client writes. */
    public static NotedFields ofServer(Instant now) {
        return new NotedFields("kube-apiserver", now);
    }

    public static NotedFields ofScheduler(Instant now) {
        return new NotedFields("kube-scheduler", now);
    }

    /** Brings an object in place to the form in which the API would have stored it. */
    public static void complete(Resource object) {
        Schema.builtin()
                .of(kindOf(object))
                .ifPresent(type -> WrittenForm.store(object.tree(), type));
    }

    /** Brings just the status to the form in which the API would have stored it. */
    public static void completeStatus(Resource object) {
        Schema.builtin()
                .of(kindOf(object))
                .flatMap(type -> type.field(STATUS))
                .flatMap(Field::struct)
                .ifPresent(type -> WrittenForm.store(Resource.child(object.tree(), STATUS), type));
    }

    /**
     * @param updated complete; changed in place: gets its {@code managedFields}
     */
    public void status(Resource updated, Resource before) {
        note(updated, before, STATUS, Scope.Reset.SPEC);
    }

    /** Both what is the object's own and its status. */
    public void all(Resource updated, Resource before) {
        note(updated, before, "", Scope.Reset.STATUS);
        note(updated, before, STATUS, Scope.Reset.SPEC);
    }

    public void created(Resource object) {
        GroupVersionKind kind = kindOf(object);
        complete(object);
        Schema.builtin()
                .of(kind)
                .map(type -> Scope.of(type, Scope.Reset.NOTHING))
                .ifPresent(
                        scope ->
                                FieldTracking.created(
                                        object.tree(),
                                        scope,
                                        FieldManager.updating(manager, kind.apiVersion(), ""),
                                        now));
    }

    private void note(Resource updated, Resource before, String subresource, Scope.Reset reset) {
        GroupVersionKind kind = kindOf(updated);
        Schema.builtin()
                .of(kind)
                .map(type -> Scope.of(type, reset))
                .ifPresent(
                        scope ->
                                FieldTracking.updated(
                                        updated.tree(),
                                        before.tree(),
                                        scope,
                                        FieldManager.updating(
                                                manager, kind.apiVersion(), subresource),
                                        now));
    }

    private static GroupVersionKind kindOf(Resource object) {
        return GroupVersionKind.of(object.apiVersion(), object.kind());
    }
}
