package dev.gantry.state.log;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import java.util.SortedMap;

/**
 * One revision of an object as the memory keeps it: encoded, with what selectors look at beside it.
 */
public interface StoredObject {
    ObjectKey key();

    Revision revision();

    Uid uid();

    /** The JSON as it goes out, {@code resourceVersion} included. Not to be changed. */
    byte[] json();

    SortedMap<String, String> labels();

    /** The selectable fields of the kind by name; an absent one reads as empty. */
    String field(String name);

    /**
     * Whether {@code form} was found to show this object just as it is stored.
     *
     * @param form compared by identity
     */
    default boolean isShownAsStored(Object form) {
        return false;
    }

    /** Remembers it, for the last form of which it was said. */
    default void noteShownAsStored(Object form) {}

    /** Decodes anew at each call: the caller owns the tree. */
    Resource decode();
}
