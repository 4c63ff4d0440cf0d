package dev.gantry.state.listing;

import dev.gantry.model.selector.FieldSelector;
import dev.gantry.model.selector.LabelSelector;
import dev.gantry.state.log.StoredObject;

/**
 * Which objects a reader wants.
 *
 * @param namespace empty for all
 */
public record Selection(String namespace, LabelSelector labels, FieldSelector fields) {
    /** Whether nothing but the namespace is asked for. */
    public boolean isEverything() {
        return labels.isEverything() && fields.isEverything();
    }

    public boolean selects(StoredObject object) {
        return (namespace.isEmpty() || object.key().namespace().equals(namespace))
                && (labels.isEverything() || labels.selects(object.labels()))
                && (fields.isEverything() || fields.selects(name -> field(object, name)));
    }

    private static String field(StoredObject object, String name) {
        return switch (name) {
            case "metadata.name" -> object.key().name();
            case "metadata.namespace" -> object.key().namespace();
            default -> object.field(name);
        };
    }
}
