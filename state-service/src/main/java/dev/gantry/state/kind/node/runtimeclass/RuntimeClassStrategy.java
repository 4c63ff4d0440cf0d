package dev.gantry.state.kind.node.runtimeclass;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.core.pod.container.ResourceRules;
import dev.gantry.state.kind.core.pod.spec.TolerationRules;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Quantities;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoStruct;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/node/runtimeclass}. */
public final class RuntimeClassStrategy implements Strategy {
    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.within(object, "overhead", it -> Quantities.canonicalMap(it, "podFixed"));
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        check(Field.root(object, errors));
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = validate(updated);
        Field.root(updated, errors).child("handler").immutable(stored.path("handler"));
        return errors;
    }

    private static void check(Field root) {
        Field handler = root.child("handler");
        if (handler.isEmpty()) {
            handler.required("");
        } else {
            Names.dnsLabel(handler.text())
                    .forEach(each -> handler.invalidText(handler.text(), each));
        }
        if (root.has("overhead")) {
            ResourceRules.overhead(root.child("overhead", "podFixed").at("overhead"));
        }
        Field scheduling = root.child("scheduling");
        LabelRules.labels(scheduling.child("nodeSelector"));
        Field tolerations = scheduling.child("tolerations");
        TolerationRules.check(tolerations);
        Set<String> seen = new TreeSet<>();
        for (Field toleration : tolerations.items()) {
            String identity =
                    Stream.of("key", "operator", "value", "effect")
                            .map(toleration::text)
                            .collect(Collectors.joining("\n"));
            if (!seen.add(identity)) {
                toleration
                        .errors()
                        .add(
                                FieldError.duplicate(
                                        toleration.path(),
                                        new GoStruct(toleration.value())
                                                .text("Key", "key")
                                                .text("Operator", "operator")
                                                .text("Value", "value")
                                                .text("Effect", "effect")
                                                .value("TolerationSeconds", "tolerationSeconds")
                                                .toString()));
            }
        }
    }
}
