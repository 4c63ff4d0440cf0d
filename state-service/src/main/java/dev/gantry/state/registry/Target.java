package dev.gantry.state.registry;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest.Subject;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.strategy.Strategy;

/**
 * What a request is about.
 *
 * @param version in which the client reads and writes
 * @param key its name is empty where the request's path has none (a creation, a list)
 */
public record Target(ResourceDefinition definition, ServedVersion version, ObjectKey key) {
    /** In the version in which objects are stored. */
    public static Target stored(ResourceDefinition definition, ObjectKey key) {
        return new Target(definition, definition.versions().getFirst(), key);
    }

    /** As stored. */
    public Kind kind() {
        return definition.kind();
    }

    public Strategy strategy() {
        return version.strategy();
    }

    public GroupResource resource() {
        return key.resource();
    }

    /** The resource as the client named it, for what it is told. */
    public GroupResource requested() {
        return version.kind().resource();
    }

    public String name() {
        return key.name();
    }

    public String namespace() {
        return key.namespace();
    }

    /** Where it is not there. */
    public Refusal missing() {
        return new Refusal.Missing(requested(), name());
    }

    Subject subject(String subresource) {
        return new Subject(definition, version, subresource, key);
    }

    public Target named(String name) {
        return new Target(
                definition, version, new ObjectKey(key.resource(), key.namespace(), name));
    }
}
