package dev.gantry.state.strategy.pod;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.QosClass;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.DisabledFields;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.strategy.pod.defaults.PodDefaults;
import dev.gantry.state.strategy.pod.spec.PodRules;
import dev.gantry.state.strategy.pod.spec.PodTemplateRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/core/pod}. */
public final class PodStrategy implements Strategy {
    /** Compat: {@code dropDisabledPodStatusFields}; its spec is as that of a template. */
    private static final DisabledFields DISABLED =
            new DisabledFields(
                    Stream.of(
                                    PodTemplateRules.DISABLED,
                                    DisabledFields.of(
                                            "status.containerStatuses.*.stopSignal",
                                            "status.initContainerStatuses.*.stopSignal",
                                            "status.nodeAllocatableResourceClaimStatuses"))
                            .flatMap(each -> each.paths().stream())
                            .toList());

    @Override
    public Kind kind() {
        return BuiltinKind.POD;
    }

    @Override
    public DisabledFields disabledFields() {
        return DISABLED;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        PodDefaults.setPodDefaults(Resource.child(object, "spec"));
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        DecisionAnnotation.strip(object);
        ObjectNode spec = Resource.child(object, "spec");
        ObjectNode status = object.putObject("status");
        status.put("phase", "Pending").put("qosClass", QosClass.of(spec).wire());
        if (!spec.path("schedulingGates").isEmpty()) {
            status.putArray("conditions")
                    .addObject()
                    .put("message", "Scheduling is blocked due to non-empty scheduling gates")
                    .put("reason", "SchedulingGated")
                    .put("status", "False")
                    .put("type", "PodScheduled");
        }
        MatchLabelKeys.merge(object);
    }

    @Override
    public void prepareForUpdate(ObjectNode updated, ObjectNode stored) {
        Trees.keep(updated, stored, "status");
        DecisionAnnotation.keep(updated, stored);
    }

    @Override
    public void prepareForStatusUpdate(ObjectNode updated, ObjectNode stored) {
        Trees.keep(updated, stored, "spec");
        DecisionAnnotation.keep(updated, stored);
        ObjectNode metadata = Resource.child(updated, "metadata");
        ObjectNode before = new Resource(stored).copy().mutableMetadata();
        Trees.keep(metadata, before, "deletionTimestamp");
        Trees.keep(metadata, before, "deletionGracePeriodSeconds");
        Trees.keep(metadata, before, "ownerReferences");
        ObjectNode status = Resource.child(updated, "status");
        if (Resource.text(status, "qosClass").isEmpty()) {
            String qos = Resource.text(stored.path("status"), "qosClass");
            status.put("qosClass", qos.isEmpty() ? QosClass.of(stored.path("spec")).wire() : qos);
        }
    }

    @Override
    public void prepareForSubresource(String subresource, ObjectNode updated, ObjectNode stored) {
        switch (subresource) {
            case "ephemeralcontainers" -> PodSubresources.keepAllButEphemeral(updated, stored);
            case "resize" -> PodSubresources.keepAllButResources(updated, stored);
            default -> Strategy.super.prepareForSubresource(subresource, updated, stored);
        }
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        PodRules.checkNew(Field.root(object, errors));
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        PodUpdateRules.check(Field.root(updated, errors), stored);
        return errors;
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        PodStatusRules.check(Field.root(updated, errors), stored);
        return errors;
    }

    @Override
    public List<FieldError> validateSubresource(
            String subresource, ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field pod = Field.root(updated, errors);
        switch (subresource) {
            case "ephemeralcontainers" -> EphemeralUpdateRules.check(pod, stored);
            case "resize" -> ResizeRules.check(pod, stored);
            default -> Strategy.super.validateSubresource(subresource, updated, stored);
        }
        return errors;
    }

    @Override
    public boolean hasGeneration() {
        return true;
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode object) {
        JsonNode spec = object.path("spec");
        JsonNode status = object.path("status");
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("spec.nodeName", Resource.text(spec, "nodeName"));
        fields.put("spec.restartPolicy", Resource.text(spec, "restartPolicy"));
        fields.put("spec.schedulerName", Resource.text(spec, "schedulerName"));
        fields.put("spec.serviceAccountName", Resource.text(spec, "serviceAccountName"));
        fields.put("spec.hostNetwork", String.valueOf(spec.path("hostNetwork").asBoolean(false)));
        fields.put("status.phase", Resource.text(status, "phase"));
        fields.put("status.podIP", Resource.text(status, "podIP"));
        fields.put("status.nominatedNodeName", Resource.text(status, "nominatedNodeName"));
        return fields;
    }

    @Override
    public Set<String> subresources() {
        return Set.of("status", "ephemeralcontainers", "resize");
    }

    @Override
    public List<String> warnings(ObjectNode object) {
        List<String> reasons = Names.dnsLabel(Resource.text(object.path("metadata"), "name"));
        List<String> found = new ArrayList<>();
        if (!reasons.isEmpty()) {
            found.add(
                    "metadata.name: this is used in the Pod's hostname, which can result in"
                            + " surprising behavior; a DNS label is recommended: ["
                            + String.join(" ", reasons)
                            + "]");
        }
        found.addAll(PodWarnings.of(object.path("spec"), "spec"));
        return found;
    }
}
