package dev.gantry.state.kind.rbac.role;

import dev.gantry.model.kind.Scope;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Names;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Roles and ClusterRoles. Compat: {@code pkg/apis/rbac/validation}. */
public record RoleStrategy(Scope scope) implements Strategy {
    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        Field root = Field.root(object, errors);
        root.child("rules").items().forEach(this::rule);
        Field selectors = root.child("aggregationRule", "clusterRoleSelectors");
        if (root.has("aggregationRule")) {
            if (selectors.isEmpty()) {
                selectors.required(
                        "at least one clusterRoleSelector required if aggregationRule is"
                                + " non-nil");
            }
            selectors.items().forEach(RoleStrategy::selector);
        }
        return errors;
    }

    /** Compat: what is wrong with one is told of once more, without the selector. */
    private static void selector(Field selector) {
        LabelRules.selector(selector);
        if (!LabelRules.isUsable(selector)) {
            selector.invalidAs("null", "invalid label selector.");
        }
    }

    private void rule(Field rule) {
        if (rule.child("verbs").isEmpty()) {
            rule.child("verbs").required("verbs must contain at least one value");
        }
        Field urls = rule.child("nonResourceURLs");
        if (!urls.isEmpty()) {
            urls(rule, urls);
            return;
        }
        if (rule.child("apiGroups").isEmpty()) {
            rule.child("apiGroups").required("resource rules must supply at least one api group");
        }
        if (rule.child("resources").isEmpty()) {
            rule.child("resources").required("resource rules must supply at least one resource");
        }
    }

    private void urls(Field rule, Field urls) {
        if (scope == Scope.NAMESPACED) {
            urls.invalid("namespaced rules cannot apply to non-resource URLs");
        }
        boolean namesResources =
                !rule.child("apiGroups").isEmpty()
                        || !rule.child("resources").isEmpty()
                        || !rule.child("resourceNames").isEmpty();
        if (namesResources) {
            urls.invalid("rules cannot apply to both regular resources and non-resource URLs");
        }
    }

    @Override
    public List<String> validateName(String name) {
        return Names.pathSegment(name);
    }

    @Override
    public boolean allowsCreateOnUpdate() {
        return true;
    }
}
