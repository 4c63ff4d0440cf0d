package dev.gantry.state.kind.storage.volumeattachment;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.apply.Scope;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoStruct;
import dev.gantry.state.validation.Rules;
import dev.gantry.state.validation.Sameness;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/storage/volumeattachment}. */
final class VolumeAttachmentStrategy implements Strategy {
    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public boolean returnsDeletedObject() {
        return true;
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }

    @Override
    public Scope.Reset statusReset() {
        return Scope.Reset.SPEC_AND_METADATA;
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        VolumeAttachmentRules.check(Field.root(object, errors).child("spec"));
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = validate(updated);
        Field spec = Field.root(updated, errors).child("spec");
        if (!Sameness.same(spec.value(), stored.path("spec"))) {
            String source =
                    new GoStruct(spec.value().path("source"))
                            .value("PersistentVolumeName", "persistentVolumeName")
                            .value("InlineVolumeSpec", "inlineVolumeSpec")
                            .toString();
            spec.invalidAs(
                    new GoStruct(spec.value())
                            .text("Attacher", "attacher")
                            .put("Source", source)
                            .text("NodeName", "nodeName")
                            .toString(),
                    Rules.IMMUTABLE);
        }
        return errors;
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field status = Field.root(updated, errors).child("status");
        for (String name : List.of("attachError", "detachError")) {
            Field code = status.child(name, "errorCode");
            if (code.number() < 0) {
                code.invalid(Rules.between(0, Integer.MAX_VALUE));
            }
        }
        return errors;
    }
}
