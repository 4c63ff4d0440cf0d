package dev.gantry.model.message;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Kafka values as JSON. Unknown fields are skipped and absent numbers are 0, so that services of
 * two versions can talk.
 */
public final class MessageCodec {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .disable(
                            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    // What a message says of itself follows from its components.
                    .changeDefaultVisibility(each -> each.withIsGetterVisibility(Visibility.NONE))
                    .build();

    private MessageCodec() {}

    public static byte[] encode(Object message) {
        return MAPPER.writeValueAsBytes(message);
    }

    /**
     * Throws {@link tools.jackson.core.JacksonException} where the bytes are no such message, or
     * where there are none.
     */
    public static <T> T decode(byte @Nullable [] value, Class<T> type) {
        if (value != null) {
            T message = MAPPER.readValue(value, type);
            if (message != null) {
                return message;
            }
        }
        throw DatabindException.from((JsonParser) null, "nothing where a message should be");
    }
}
