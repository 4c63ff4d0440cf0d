package dev.gantry.state.kind.core.event;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compat: {@code pkg/registry/core/event}.
 *
 * @param isStrict whether more is asked than of events through {@code v1}
 */
record EventStrategy(boolean isStrict) implements Strategy {
    private static final int REPORTER_CHARACTERS = 128;
    private static final int MESSAGE_CHARACTERS = 1024;

    /** Compat: through {@code v1}, no more is asked than that the name can stand in a path. */
    @Override
    public List<String> validateName(String name) {
        return isStrict ? Names.dnsSubdomain(name) : Names.pathSegment(name);
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = legacyErrors(object);
        if (isStrict) {
            StrictEventRules.checkNew(Field.root(object, errors));
        }
        return errors;
    }

    private List<FieldError> legacyErrors(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        Field root = Field.root(object, errors);
        String namespace = Resource.text(object.path("metadata"), "namespace");
        Field involved = root.child("involvedObject", "namespace");
        if (root.has("eventTime")) {
            if (involved.isEmpty() && !isOfCluster(namespace, "kube-system")) {
                involved.invalidText(involved.text(), "does not match event.namespace");
            }
            newForm(root, isStrict ? "reportingController" : "reportingComponent");
        } else if (involved.isEmpty()
                ? !isOfCluster(namespace, "")
                : !involved.text().equals(namespace)) {
            involved.invalidText(involved.text(), "does not match event.namespace");
        }
        Field reported = root.child("namespace");
        Names.dnsSubdomain(namespace).forEach(each -> reported.invalidText(namespace, each));
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = legacyErrors(updated);
        if (isStrict) {
            StrictEventRules.checkUpdate(Field.root(updated, errors), stored);
        }
        return errors;
    }

    /** Where events of objects without a namespace are kept. */
    private static boolean isOfCluster(String namespace, String further) {
        return namespace.equals("default") || namespace.equals(further);
    }

    /**
     * @param reporter what the version calls who reports it
     */
    private static void newForm(Field root, String reporter) {
        Field controller = root.child("reportingComponent").at(reporter);
        if (controller.isEmpty()) {
            controller.required("");
        }
        Names.qualified(controller.text())
                .forEach(each -> controller.invalidText(controller.text(), each));
        bounded(root.child("reportingInstance"), REPORTER_CHARACTERS);
        bounded(root.child("action"), REPORTER_CHARACTERS);
        bounded(root.child("reason"), REPORTER_CHARACTERS);
        if (root.text("message").length() > MESSAGE_CHARACTERS) {
            root.child("message")
                    .invalidText("", "can have at most " + MESSAGE_CHARACTERS + " characters");
        }
    }

    private static void bounded(Field field, int most) {
        if (field.isEmpty()) {
            field.required("");
        }
        if (field.text().length() > most) {
            field.invalidText("", "can have at most " + most + " characters");
        }
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode object) {
        JsonNode involved = object.path("involvedObject");
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name :
                List.of(
                        "kind",
                        "namespace",
                        "name",
                        "uid",
                        "apiVersion",
                        "resourceVersion",
                        "fieldPath")) {
            fields.put("involvedObject." + name, Resource.text(involved, name));
        }
        String component = Resource.text(object.path("source"), "component");
        String controller = Resource.text(object, "reportingComponent");
        fields.put("reason", Resource.text(object, "reason"));
        fields.put("reportingComponent", controller);
        fields.put("source", component.isEmpty() ? controller : component);
        fields.put("type", Resource.text(object, "type"));
        return fields;
    }

    @Override
    public boolean allowsCreateOnUpdate() {
        return true;
    }
}
