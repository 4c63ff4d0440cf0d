package dev.gantry.state.registry;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest.Subject;
import dev.gantry.state.admission.RequestContext;
import dev.gantry.state.admission.match.ConvertedByWebhook;
import dev.gantry.state.apply.Scope;
import dev.gantry.state.apply.Versions;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.strategy.Strategy;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request is about.
 *
 * @param version in which the client reads and writes
 * @param key its name is empty where the request's path has none (a creation, a list)
 */
public record Target(ResourceDefinition definition, ServedVersion version, ObjectKey key) {
    private static final String STATUS = "status";

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

    /**
     * What a write can set.
     *
     * @param subresource through which it comes; empty for the object itself
     */
    public Scope scope(String subresource) {
        return scope(version, subresource, other -> shown(other, subresource));
    }

    /** The same, where webhooks may be asked what objects are in other versions. */
    public Scope scope(String subresource, RequestContext context) {
        return scope(
                version,
                subresource,
                other -> shown(other, subresource).or(() -> asked(other, subresource, context)));
    }

    private Scope scope(ServedVersion in, String subresource, Versions others) {
        boolean hasStatus = definition.subresource(STATUS).isPresent();
        Scope.Reset reset =
                switch (subresource) {
                    case "", "scale", "finalize" ->
                            hasStatus ? in.strategy().reset() : Scope.Reset.NOTHING;
                    case STATUS -> in.strategy().statusReset();
                    case "approval" -> in.strategy().reset();
                    default -> Scope.Reset.NOTHING;
                };
        return new Scope(in.schema().structure(), reset, others);
    }

    /** Without what a webhook would have to convert. */
    private Optional<Versions.Version> shown(String apiVersion, String subresource) {
        return definition.versions().stream()
                .filter(each -> each.kind().apiVersion().equals(apiVersion))
                .filter(each -> each.webhook().isEmpty() && version.webhook().isEmpty())
                .findFirst()
                .map(
                        other ->
                                new Versions.Version(
                                        scope(other, subresource, Versions.NONE),
                                        object -> Optional.of(converted(object, other))));
    }

    /** A decision calls nobody: what has to be asked is noted, and it is made again. */
    private Optional<Versions.Version> asked(
            String apiVersion, String subresource, RequestContext context) {
        return definition.versions().stream()
                .filter(each -> each.kind().apiVersion().equals(apiVersion))
                .filter(each -> each.webhook().isPresent())
                .findFirst()
                .map(
                        other ->
                                new Versions.Version(
                                        scope(other, subresource, Versions.NONE),
                                        object ->
                                                ConvertedByWebhook.to(other, context)
                                                        .of(object)
                                                        .objectOrNoted(context)));
    }

    private ObjectNode converted(ObjectNode object, ServedVersion other) {
        return other.conversion().fromStored(version.conversion().toStored(object.deepCopy()));
    }

    /** Where it is not there. */
    public Refusal missing() {
        return new Refusal.Missing(strategy().missingAs(requested()), name());
    }

    Subject subject(String subresource) {
        return new Subject(definition, version, subresource, key);
    }

    public Target named(String name) {
        return new Target(
                definition, version, new ObjectKey(key.resource(), key.namespace(), name));
    }
}
