package dev.gantry.state.schema;

import dev.gantry.model.refusal.FieldError;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known of the form of the objects of one kind and version.
 *
 * <p>Bodies of built-in kinds are read by their type, field by field. Of custom ones only the
 * outermost fields are; {@link #prune} and {@link #complete} do the rest. Whoever asks this
 * interface sees no difference.
 */
public interface TypeSchema {
    /**
     * Whether it is a type of the published API: then items of lists do without their kind,
     * strategic merge patches are taken, and there may be a protobuf form.
     */
    boolean isBuiltin();

    /** What bodies are read by. Empty where any field is read. */
    Optional<StructType> wire();

    /** Fields, kinds of lists, keys: what applies go by. */
    StructType structure();

    /** Drops in place the fields that are not declared, and gives their paths. */
    List<String> prune(ObjectNode object);

    /** Brings the object in place to the form in which it is judged. */
    void complete(ObjectNode object);

    /** Drops in place what is kept for the rules only: others read the object without it. */
    default void toShownForm(ObjectNode object) {}

    /** Brings in place what was judged, with the server's own part in it, to what is stored. */
    default void toStoredForm(ObjectNode object) {}

    /** What the schema itself finds wrong. */
    List<FieldError> validate(ObjectNode object);
}
