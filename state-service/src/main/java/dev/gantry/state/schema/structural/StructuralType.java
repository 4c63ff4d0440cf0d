package dev.gantry.state.schema.structural;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.schema.KindName;
import dev.gantry.state.schema.StructType;
import dev.gantry.state.schema.TypeSchema;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The objects of a kind that is described by a structural schema. */
public final class StructuralType implements TypeSchema {
    private final StructuralSchema schema;
    private final StructType structure;
    private final Optional<StructType> wire;

    private StructuralType(KindName kind, StructuralSchema schema) {
        this.schema = schema;
        this.structure = StructureOf.object(kind, schema);
        this.wire = StructureOf.wire(kind, schema);
    }

    /** {@code openApi} as a CustomResourceDefinition has it under {@code openAPIV3Schema}. */
    public static StructuralType of(KindName kind, JsonNode openApi) {
        return new StructuralType(kind, StructuralSchema.of(openApi));
    }

    /** As it was given, for those who read it. */
    public JsonNode openApi() {
        return schema.limits().schema();
    }

    @Override
    public boolean isBuiltin() {
        return false;
    }

    /** Metadata is read by its type, all else as it is. */
    @Override
    public Optional<StructType> wire() {
        return wire;
    }

    @Override
    public StructType structure() {
        return structure;
    }

    @Override
    public List<String> prune(ObjectNode object) {
        return Pruning.prune(object, schema);
    }

    @Override
    public void complete(ObjectNode object) {
        Defaulting.complete(object, schema);
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        return StructuralRules.validate(object, schema);
    }
}
