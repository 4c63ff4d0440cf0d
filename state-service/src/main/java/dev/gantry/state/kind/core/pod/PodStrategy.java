package dev.gantry.state.kind.core.pod;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.QosClass;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.core.pod.defaults.PodDefaults;
import dev.gantry.state.kind.core.pod.spec.PodRules;
import dev.gantry.state.kind.core.pod.spec.PodTemplateRules;
import dev.gantry.state.strategy.Deletion;
import dev.gantry.state.strategy.DisabledFields;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/core/pod}. */
public final class PodStrategy implements Strategy {
    private static final String GRACE = "terminationGracePeriodSeconds";

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
    public DisabledFields disabledFields() {
        return DISABLED;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        PodDefaults.setPodDefaults(Resource.child(object, "spec"));
        if (object.path("status") instanceof ObjectNode status) {
            agreeOnAddresses(status);
        }
    }

    /** Compat: {@code Convert_v1_PodStatus_To_core_PodStatus}: the single address has the say. */
    private static void agreeOnAddresses(ObjectNode status) {
        String single = Resource.text(status, "podIP");
        String first = Resource.text(status.path("podIPs").path(0), "ip");
        if (single.isEmpty() && !first.isEmpty()) {
            status.put("podIP", first);
        } else if (!single.equals(first)) {
            status.putArray("podIPs").addObject().put("ip", single);
        }
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        DecisionAnnotation.strip(object);
        AppArmorAnnotations.adopt(object);
        ObjectNode spec = Resource.child(object, "spec");
        if (spec.path(GRACE).asLong(0) < 0) {
            spec.put(GRACE, 1);
        }
        ObjectNode status = object.putObject("status");
        status.put("phase", "Pending").put("qosClass", QosClass.of(spec).wire());
        if (!spec.path("schedulingGates").isEmpty()) {
            ObjectNode gated = status.putArray("conditions").addObject();
            String now = Resource.text(object.path("metadata"), "creationTimestamp");
            if (!now.isEmpty()) {
                gated.put("lastTransitionTime", now);
            }
            gated.put("message", "Scheduling is blocked due to non-empty scheduling gates")
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
    public boolean hasStatus() {
        return true;
    }

    @Override
    public Deletion deletion() {
        return Deletion.GRACEFUL;
    }

    /** Compat: {@code CheckGracefulDelete}: a pod that runs nowhere needs no time. */
    @Override
    public long gracePeriodSeconds(ObjectNode stored, OptionalLong wanted) {
        JsonNode spec = stored.path("spec");
        String phase = Resource.text(stored.path("status"), "phase");
        boolean isUnbound = Resource.text(spec, "nodeName").isEmpty();
        if (isUnbound || phase.equals("Failed") || phase.equals("Succeeded")) {
            return 0;
        }
        return wanted.orElse(spec.path(GRACE).asLong(0));
    }

    @Override
    public boolean returnsDeletedObject() {
        return true;
    }

    @Override
    public Warned warned() {
        return Warned.AT_CREATION;
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
        found.addAll(PodWarnings.ofPod(object));
        return found;
    }
}
