package dev.gantry.state.registry;

import dev.gantry.state.admission.AdmissionRequest.Operation;
import dev.gantry.state.registry.option.DeletionOptions;
import dev.gantry.state.strategy.SubresourceRules;
import tools.jackson.databind.node.ObjectNode;

/** A write that a client asked for. The trees are the registry's to change. */
public sealed interface Command {
    Target target();

    /**
     * @param target named as the object shall be, see {@link Names#of}
     * @param managedFields who is noted as having set the fields
     * @param allocation gives the object what it needs, once its defaults are set
     */
    record Create(
            Target target,
            ObjectNode object,
            ManagedFieldsUpdate managedFields,
            Allocation allocation)
            implements Command {}

    /**
     * @param object the whole object as it shall be, whatever part of it changes
     * @param verb that of the request: update or patch
     */
    record Update(
            Target target,
            ObjectNode object,
            SubresourceRules rules,
            String verb,
            ManagedFieldsUpdate managedFields,
            Allocation allocation)
            implements Command {}

    record Delete(Target target, DeletionOptions options) implements Command {}

    /**
     * The deletion of a pod, where its PodDisruptionBudget allows it.
     *
     * @param eviction as the client sent it
     */
    record Evict(Target target, ObjectNode eviction) implements Command {}

    /**
     * The placement of a pod by a client: its {@code binding} subresource. Compat: what it sets is
     * nobody's.
     */
    record Bind(Target target, ObjectNode binding) implements Command {}

    /**
     * What needs to be admitted and changes no stored object.
     *
     * @param target what it is about; it is stored, but for a connection
     * @param operation CREATE of a subresource that is answered at once, or CONNECT
     * @param body may be changed by admission; the decision replies with it
     */
    record Act(Target target, String subresource, Operation operation, ObjectNode body)
            implements Command {}
}
