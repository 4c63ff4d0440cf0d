package dev.gantry.state.kind.flowcontrol.prioritylevelconfiguration;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.apply.Scope;
import dev.gantry.state.kind.flowcontrol.shared.FlowConditionRules;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/flowcontrol/prioritylevelconfiguration}. */
final class PriorityLevelConfigurationStrategy implements Strategy {
    private static final int SHARES = 30;
    private static final int QUEUES = 64;
    private static final int HAND = 8;
    private static final int QUEUE_LENGTH = 50;

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public boolean hasGeneration() {
        return true;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Resource.child(object, "spec");
        if (Resource.text(spec, "type").equals("Exempt")) {
            Resource.child(spec, "exempt");
        }
        Defaults.within(
                spec,
                "exempt",
                exempt -> {
                    Defaults.number(exempt, "nominalConcurrencyShares", 0);
                    Defaults.number(exempt, "lendablePercent", 0);
                });
        Defaults.within(
                spec,
                "limited",
                limited -> {
                    Defaults.number(limited, "nominalConcurrencyShares", SHARES);
                    Defaults.number(limited, "lendablePercent", 0);
                    Defaults.within(
                            Resource.child(limited, "limitResponse"),
                            "queuing",
                            PriorityLevelConfigurationStrategy::queues);
                });
    }

    private static void queues(ObjectNode queuing) {
        Defaults.positive(queuing, "queues", QUEUES);
        Defaults.positive(queuing, "handSize", HAND);
        Defaults.positive(queuing, "queueLengthLimit", QUEUE_LENGTH);
    }

    @Override
    public Scope.Reset statusReset() {
        return Scope.Reset.SPEC_AND_METADATA;
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        String name = Resource.text(object.path("metadata"), "name");
        Field spec = Field.root(object, errors).child("spec");
        PriorityLevelRules.check(name, spec);
        MandatoryLevels.check(name, spec);
        return errors;
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        return FlowConditionRules.ofStatus(updated);
    }
}
