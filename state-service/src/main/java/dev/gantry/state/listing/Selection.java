package dev.gantry.state.listing;

import dev.gantry.model.selector.FieldSelector;
import dev.gantry.model.selector.LabelSelector;
import dev.gantry.state.log.StoredObject;

/**
 * Which objects a reader wants.
 *
 * @param namespace empty for all
 * @param reader asked for the fields that are not those of all objects
 */
public record Selection(
        String namespace, LabelSelector labels, FieldSelector fields, FieldReader reader) {
    /** What the memory keeps beside each object. */
    public Selection(String namespace, LabelSelector labels, FieldSelector fields) {
        this(namespace, labels, fields, StoredObject::field);
    }

    /** Tells the value of a selectable field. */
    @FunctionalInterface
    public interface FieldReader {
        String read(StoredObject object, String name);
    }

    /** Whether nothing but the namespace is asked for. */
    public boolean isEverything() {
        return labels.isEverything() && fields.isEverything();
    }

    public boolean selects(StoredObject object) {
        return (namespace.isEmpty() || object.key().namespace().equals(namespace))
                && (labels.isEverything() || labels.selects(object.labels()))
                && (fields.isEverything() || fields.selects(name -> field(object, name)));
    }

    private String field(StoredObject object, String name) {
        return switch (name) {
            case "metadata.name" -> object.key().name();
            case "metadata.namespace" -> object.key().namespace();
            default -> reader.read(object, name);
        };
    }
}
