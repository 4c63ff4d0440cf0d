package dev.gantry.state.kind.core.componentstatus;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import dev.gantry.state.codec.BodyEncoder;
import dev.gantry.state.log.StoredObject;
import java.util.Collections;
import java.util.SortedMap;

/** An object that was never stored: it has neither a revision nor a uid. */
record MadeObject(ObjectKey key, Resource object) implements StoredObject {
    private static final Uid NONE = new Uid("");

    @Override
    public Revision revision() {
        return Revision.NONE;
    }

    @Override
    public Uid uid() {
        return NONE;
    }

    @Override
    public byte[] json() {
        return BodyEncoder.json(object.tree());
    }

    @Override
    public SortedMap<String, String> labels() {
        return Collections.emptySortedMap();
    }

    @Override
    public String field(String name) {
        return "";
    }

    @Override
    public Resource decode() {
        return object.copy();
    }
}
