package dev.gantry.state.schema.structural;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.FieldError.Type;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.StructType;
import dev.gantry.state.schema.TypeSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The objects of a kind that is described by a structural schema. */
public final class StructuralType implements TypeSchema {
    /** Compat: after which no rule is asked. */
    private static final Set<Type> BLOCKING =
            Set.of(
                    Type.NOT_SUPPORTED,
                    Type.REQUIRED,
                    Type.TOO_LONG,
                    Type.TOO_MANY,
                    Type.TYPE_INVALID);

    private static final String NOT_CHECKED =
            "some validation rules were not checked because the object was invalid; correct the"
                    + " existing errors to complete validation";

    private final StructuralSchema schema;
    private final StructType structure;
    private final Optional<StructType> wire;
    private final RuleSet rules;

    private StructuralType(GroupVersionKind kind, StructuralSchema schema) {
        this.schema = schema;
        this.structure = StructureOf.object(kind, schema);
        this.wire = StructureOf.wire(kind, schema);
        this.rules = new RuleSet(schema);
    }

    /** {@code openApi} as a CustomResourceDefinition has it under {@code openAPIV3Schema}. */
    public static StructuralType of(GroupVersionKind kind, JsonNode openApi) {
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

    /**
     * Nothing: {@link #fillIn} does it, which the strategy of each version calls, since it is the
     * schema of the version of the request that counts.
     */
    @Override
    public void complete(ObjectNode object) {}

    /** Nothing: see {@link #complete}. */
    @Override
    public List<FieldError> validate(ObjectNode object) {
        return List.of();
    }

    /** Sets the defaults in place. */
    public void fillIn(ObjectNode object) {
        Defaulting.complete(object, schema);
    }

    /**
     * What is wrong with an object: with its form first, and only then by its rules.
     *
     * @param before what it replaces; a missing node where it is new
     */
    public List<FieldError> judge(ObjectNode object, JsonNode before) {
        List<FieldError> errors = StructuralRules.validate(object, before, schema);
        boolean isBlocked = errors.stream().anyMatch(each -> BLOCKING.contains(each.type()));
        if (isBlocked && rules.exist()) {
            errors.add(FieldError.invalid("<nil>", "null", NOT_CHECKED));
        } else if (!isBlocked) {
            errors.addAll(rules.validate(object, before));
        }
        return errors;
    }

    /** Whether an object that was stored before may lack what it would be given today. */
    public boolean hasDefaults() {
        return schema.hasDefaults();
    }

    public StructuralSchema schema() {
        return schema;
    }
}
