package dev.gantry.state.codec.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.gantry.state.codec.protobuf.FieldShape.Form;
import dev.gantry.state.schema.Field;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.schema.StructType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the shapes of messages from their descriptors and the schema, each once. */
final class MessageShapes {
    private static final String META = "k8s.io.apimachinery.pkg.apis.meta.v1.";
    private static final String EXTENSIONS =
            "k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.";

    /** Embedded structs of types that the schema does not have. */
    private static final Set<String> INLINE_NAMES =
            Set.of(
                    "volumeSource",
                    "localObjectReference",
                    "handler",
                    "persistentVolumeSource",
                    "ephemeralContainerCommon",
                    "rule",
                    "ruleWithOperations");

    private final Schema schema;
    private final Map<Descriptor, MessageShape> made = new HashMap<>();

    MessageShapes(Schema schema) {
        this.schema = schema;
    }

    /** Guarded: a shape is complete, with all it contains, before anyone sees it. */
    synchronized MessageShape of(Descriptor message) {
        MessageShape known = made.get(message);
        if (known != null) {
            return known;
        }
        MessageShape shape = new MessageShape();
        made.put(message, shape);
        Optional<StructType> type = schema.type(typeName(message));
        List<FieldShape> fields = new ArrayList<>();
        for (FieldDescriptor field : message.getFields()) {
            fields.add(fieldOf(field, type));
        }
        shape.fill(fields);
        return shape;
    }

    /** {@code k8s.io.api.core.v1.Pod} is {@code api.core.v1.Pod} in the schema. */
    private static String typeName(Descriptor message) {
        return message.getFullName()
                .substring("k8s.io.".length())
                .replace("apiextensions_apiserver", "apiextensions-apiserver")
                .replace("kube_aggregator", "kube-aggregator");
    }

    private FieldShape fieldOf(FieldDescriptor field, Optional<StructType> owner) {
        String name = owner.map(type -> spelled(type, jsonName(field))).orElse(jsonName(field));
        Optional<Field> known = owner.flatMap(type -> type.field(name));
        if (field.isMapField()) {
            FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
            FieldShape values = shape(value, "", formOf(value), true);
            return new FieldShape(
                    field.getNumber(), name, Form.MAP, field.getType(), true, null, values, true);
        }
        boolean keepsZero =
                known.map(found -> found.isPointer() || found.isWritten() || found.isRequired())
                        .orElse(owner.isEmpty());
        Form form = formOf(field);
        boolean isEmbedded =
                form == Form.MESSAGE
                        && !field.isRepeated()
                        && (owner.isPresent() ? known.isEmpty() : INLINE_NAMES.contains(name));
        return shape(field, name, isEmbedded ? Form.INLINE : form, keepsZero);
    }

    private FieldShape shape(FieldDescriptor field, String name, Form form, boolean keepsZero) {
        MessageShape message =
                switch (form) {
                    case MESSAGE, INLINE, SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL, SCHEMA_OR_TEXTS ->
                            of(field.getMessageType());
                    default -> null;
                };
        return new FieldShape(
                field.getNumber(),
                name,
                form,
                field.getType(),
                field.isRepeated(),
                message,
                null,
                keepsZero);
    }

    private static Form formOf(FieldDescriptor field) {
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            return Form.SCALAR;
        }
        String type = field.getMessageType().getFullName();
        if (type.startsWith(EXTENSIONS)) {
            return switch (field.getMessageType().getName()) {
                case "JSON" -> Form.RAW;
                case "JSONSchemaPropsOrArray" -> Form.SCHEMA_OR_ARRAY;
                case "JSONSchemaPropsOrBool" -> Form.SCHEMA_OR_BOOL;
                case "JSONSchemaPropsOrStringArray" -> Form.SCHEMA_OR_TEXTS;
                default -> Form.MESSAGE;
            };
        }
        return switch (type) {
            case META + "Time" -> Form.TIME;
            case META + "MicroTime" -> Form.MICRO_TIME;
            case META + "FieldsV1", "k8s.io.apimachinery.pkg.runtime.RawExtension" -> Form.RAW;
            case META + "Verbs" -> Form.TEXTS;
            case "k8s.io.apimachinery.pkg.api.resource.Quantity" -> Form.QUANTITY;
            case "k8s.io.apimachinery.pkg.util.intstr.IntOrString" -> Form.INT_OR_STRING;
            default -> type.endsWith(".ExtraValue") ? Form.TEXTS : Form.MESSAGE;
        };
    }

    /** Some messages spell a field in another case than JSON does: {@code uID} for {@code uid}. */
    private static String spelled(StructType type, String name) {
        if (type.field(name).isPresent()) {
            return name;
        }
        return type.fields().stream()
                .map(Field::name)
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElse(name);
    }

    private static String jsonName(FieldDescriptor field) {
        String name = field.getName();
        boolean isSchema = field.getContainingType().getName().equals("JSONSchemaProps");
        if (isSchema && (name.equals("schema") || name.equals("ref"))) {
            return "$" + name;
        }
        return isSchema && name.startsWith("xKubernetes") ? dashed(name) : name;
    }

    /** {@code xKubernetesListType} is {@code x-kubernetes-list-type}. */
    private static String dashed(String name) {
        StringBuilder text = new StringBuilder();
        for (char c : name.toCharArray()) {
            if (Character.isUpperCase(c)) {
                text.append('-').append(Character.toLowerCase(c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
