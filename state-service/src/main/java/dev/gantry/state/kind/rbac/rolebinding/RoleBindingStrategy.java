package dev.gantry.state.kind.rbac.rolebinding;

import dev.gantry.model.kind.Scope;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoStruct;
import dev.gantry.state.validation.Names;
import dev.gantry.state.validation.Sameness;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** RoleBindings and ClusterRoleBindings. Compat: {@code pkg/apis/rbac/validation}. */
public record RoleBindingStrategy(Scope scope) implements Strategy {
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final List<String> SUBJECTS = List.of("ServiceAccount", "User", "Group");

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.within(object, "roleRef", role -> Defaults.text(role, "apiGroup", GROUP));
        Defaults.each(
                object.path("subjects"),
                subject -> {
                    String sort = Resource.text(subject, "kind");
                    if (sort.equals("User") || sort.equals("Group")) {
                        Defaults.text(subject, "apiGroup", GROUP);
                    }
                });
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        Field root = Field.root(object, errors);
        role(root.child("roleRef"));
        root.child("subjects").items().forEach(this::subject);
        return errors;
    }

    private void role(Field role) {
        if (!role.text("apiGroup").equals(GROUP)) {
            role.child("apiGroup").notSupported(List.of(GROUP));
        }
        List<String> kinds =
                scope == Scope.NAMESPACED ? List.of("Role", "ClusterRole") : List.of("ClusterRole");
        if (!kinds.contains(role.text("kind"))) {
            role.child("kind").notSupported(kinds);
        }
        Field name = role.child("name");
        if (name.isEmpty()) {
            name.required("");
        } else {
            name.invalidFor(Names.pathSegment(name.text()));
        }
    }

    private void subject(Field subject) {
        Field name = subject.child("name");
        Field group = subject.child("apiGroup");
        if (name.isEmpty()) {
            name.required("");
        }
        switch (subject.text("kind")) {
            case "ServiceAccount" -> {
                if (!name.isEmpty()) {
                    name.invalidFor(Names.dnsSubdomain(name.text()));
                }
                if (!group.isEmpty()) {
                    group.notSupported(List.of(""));
                }
                if (scope == Scope.CLUSTER && subject.text("namespace").isEmpty()) {
                    subject.child("namespace").required("");
                }
            }
            case "User", "Group" -> ofGroup(group);
            default -> subject.child("kind").notSupported(SUBJECTS);
        }
    }

    private static void ofGroup(Field group) {
        if (!group.text().equals(GROUP)) {
            group.notSupported(List.of(GROUP));
        }
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = validate(updated);
        if (!Sameness.same(updated.path("roleRef"), stored.path("roleRef"))) {
            Field role = Field.root(updated, errors).child("roleRef");
            role.invalidAs(
                    new GoStruct(role.value())
                            .text("APIGroup", "apiGroup")
                            .text("Kind", "kind")
                            .text("Name", "name")
                            .toString(),
                    "cannot change roleRef");
        }
        return errors;
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
