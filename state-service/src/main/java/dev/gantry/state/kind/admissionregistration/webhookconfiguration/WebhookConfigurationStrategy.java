package dev.gantry.state.kind.admissionregistration.webhookconfiguration;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.admissionregistration.rule.RuleRules;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/admissionregistration/mutatingwebhookconfiguration} and its twin. */
enum WebhookConfigurationStrategy implements Strategy {
    MUTATING,
    VALIDATING;

    private static final int SECONDS = 10;
    private static final int HTTPS = 443;

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.each(object.path("webhooks"), this::setWebhookDefaults);
    }

    private void setWebhookDefaults(ObjectNode webhook) {
        Defaults.pointer(webhook, "failurePolicy", "Fail");
        Defaults.pointer(webhook, "matchPolicy", "Equivalent");
        Resource.child(webhook, "namespaceSelector");
        Resource.child(webhook, "objectSelector");
        Defaults.number(webhook, "timeoutSeconds", SECONDS);
        if (this == MUTATING) {
            Defaults.pointer(webhook, "reinvocationPolicy", "Never");
        }
        RuleRules.setDefaults(webhook.path("rules"));
        Defaults.within(
                webhook.path("clientConfig"),
                "service",
                service -> Defaults.number(service, "port", HTTPS));
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        WebhookRules.check(Field.root(object, errors).child("webhooks"));
        return errors;
    }

    @Override
    public boolean hasGeneration() {
        return true;
    }

    /** Compat: {@code reflect.DeepEqual}, for which an empty list that was sent is not none. */
    @Override
    public boolean changesGeneration(ObjectNode updated, ObjectNode stored) {
        return !updated.path("webhooks").equals(stored.path("webhooks"));
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }
}
