package dev.gantry.gateway.shell.review;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.gantry.model.meta.Resource;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Authorization;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a review as a tree, from JSON or protobuf. Typed Go clients send protobuf.
 *
 * <p>Read by descriptor, since the generated classes warn about themselves when they are used. Only
 * the six review kinds are known here; the codec of all kinds is the state service's.
 */
final class ReviewBody {
    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final Descriptor ENVELOPE =
            io.kubernetes.client.proto.Runtime.getDescriptor().findMessageTypeByName("Unknown");

    private ReviewBody() {}

    /** Throws IllegalArgumentException, with a sentence for the client, where it is malformed. */
    static Resource read(byte[] body, String kind, String apiVersion) {
        ObjectNode tree = isProtobuf(body) ? fromProtobuf(body, kind) : fromJson(body);
        String stated = Resource.text(tree, "kind");
        if (!stated.isEmpty() && !stated.equals(kind)) {
            throw new IllegalArgumentException(
                    "the object provided is a %s, not a %s".formatted(stated, kind));
        }
        tree.put("kind", kind).put("apiVersion", apiVersion);
        return new Resource(tree);
    }

    private static boolean isProtobuf(byte[] body) {
        return body.length >= MAGIC.length
                && Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    private static ObjectNode fromJson(byte[] body) {
        try {
            if (JsonMapper.shared().readTree(body) instanceof ObjectNode object) {
                return object;
            }
            throw new IllegalArgumentException("the body is no JSON object");
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException(
                    "the body is neither JSON nor protobuf: " + malformed.getOriginalMessage(),
                    malformed);
        }
    }

    private static ObjectNode fromProtobuf(byte[] body, String kind) {
        try {
            ByteString bytes = ByteString.copyFrom(body, MAGIC.length, body.length - MAGIC.length);
            Message envelope = DynamicMessage.parseFrom(ENVELOPE, bytes);
            var raw = (ByteString) envelope.getField(ENVELOPE.findFieldByName("raw"));
            return tree(DynamicMessage.parseFrom(typeOf(kind), raw));
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalArgumentException(
                    "the body is no protobuf: " + malformed.getMessage(), malformed);
        }
    }

    private static Descriptor typeOf(String kind) {
        FileDescriptor file =
                kind.equals("TokenReview") || kind.equals("SelfSubjectReview")
                        ? V1Authentication.getDescriptor()
                        : V1Authorization.getDescriptor();
        return file.findMessageTypeByName(kind);
    }

    private static ObjectNode tree(Message message) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        message.getAllFields()
                .forEach((field, value) -> object.set(field.getName(), node(field, value)));
        return object;
    }

    private static JsonNode node(FieldDescriptor field, Object value) {
        if (field.isMapField()) {
            return map(field, (List<?>) value);
        }
        if (field.isRepeated()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            ((List<?>) value).forEach(each -> array.add(single(field, each)));
            return array;
        }
        return single(field, value);
    }

    private static ObjectNode map(FieldDescriptor field, List<?> entries) {
        FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Object each : entries) {
            Message entry = (Message) each;
            object.set(String.valueOf(entry.getField(key)), single(value, entry.getField(value)));
        }
        return object;
    }

    /** Compat: {@code ExtraValue} is a message on the wire and a list in JSON. */
    private static JsonNode single(FieldDescriptor field, Object value) {
        var nodes = JsonNodeFactory.instance;
        return switch (value) {
            case Message extra
                    when field.getJavaType() == JavaType.MESSAGE
                            && field.getMessageType().getName().equals("ExtraValue") -> {
                JsonNode items = tree(extra).path("items");
                yield items.isMissingNode() ? nodes.arrayNode() : items;
            }
            case Message message -> tree(message);
            case String text -> nodes.stringNode(text);
            case Boolean flag -> nodes.booleanNode(flag);
            case Number number -> nodes.numberNode(number.longValue());
            case ByteString bytes -> nodes.binaryNode(bytes.toByteArray());
            default -> nodes.stringNode(value.toString());
        };
    }
}
