package dev.gantry.state.codec.protobuf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one message. */
final class MessageShape {
    private final Map<Integer, FieldShape> byNumber = new HashMap<>();
    private final List<FieldShape> descending = new ArrayList<>();

    /** Only while shapes are made: messages contain each other. */
    void fill(List<FieldShape> fields) {
        fields.forEach(field -> byNumber.put(field.number(), field));
        descending.addAll(fields);
        descending.sort(Comparator.comparingInt(FieldShape::number).reversed());
    }

    @Nullable FieldShape field(int number) {
        return byNumber.get(number);
    }

    /** From the last field to the first: messages are written from their end. */
    List<FieldShape> descending() {
        return descending;
    }
}
