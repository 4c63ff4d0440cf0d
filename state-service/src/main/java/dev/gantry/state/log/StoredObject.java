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

    /** Decodes anew at each call: the caller owns the tree. */
    Resource decode();
}
