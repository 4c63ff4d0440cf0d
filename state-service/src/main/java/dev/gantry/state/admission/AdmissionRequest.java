package dev.gantry.state.admission;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.schema.GroupVersionKind;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request, as admission sees it. Compat: {@code admission.Attributes}.
 *
 * @param object with its defaults, in the form in which it is stored; mutating phases change it in
 *     place. For a deletion the stored object. Where a subresource has a body of its own kind, that
 *     body
 * @param stored what the request replaces, deletes, or is about; empty at creation
 */
public record AdmissionRequest(
        Subject subject,
        Operation operation,
        ObjectNode object,
        Optional<Resource> stored,
        RequestContext context) {
    /** What is done to the object. */
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE,
        /** The object says how, such as PodExecOptions. */
        CONNECT
    }

    /**
     * What the request is about.
     *
     * @param version in which the client speaks of it
     * @param subresource empty for the object itself
     * @param key its name is empty where the client leaves it to the server
     */
    public record Subject(
            ResourceDefinition definition,
            ServedVersion version,
            String subresource,
            ObjectKey key) {
        /** What the bodies of such requests are, in a version of the resource. */
        public GroupVersionKind body(ServedVersion in) {
            GroupVersionKind own = GroupVersionKind.of(in.kind());
            return subresource.isEmpty()
                    ? own
                    : definition.subresource(subresource).map(each -> each.body(own)).orElse(own);
        }

        /** Whether the bodies are the objects themselves, as they are stored. */
        public boolean isOfObject() {
            return subresource.isEmpty()
                    || definition
                            .subresource(subresource)
                            .filter(each -> !(each instanceof Subresource.Stored))
                            .isEmpty();
        }
    }

    /** Of the objects, as stored. */
    public Kind kind() {
        return subject.definition.kind();
    }

    public String subresource() {
        return subject.subresource;
    }

    public Caller caller() {
        return context.caller();
    }

    public long seed() {
        return context.seed();
    }

    public boolean creates(Kind wanted) {
        return kind().equals(wanted)
                && operation == Operation.CREATE
                && subject.subresource.isEmpty();
    }

    public Resource resource() {
        return new Resource(object);
    }
}
