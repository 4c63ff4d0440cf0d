package dev.gantry.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import dev.gantry.state.log.StoredObject;
import java.util.SortedMap;

/** A stored object that is kept as a tree. */
record StoredTree(ObjectKey key, Resource object) implements StoredObject {
    @Override
    public Revision revision() {
        return object.revision();
    }

    @Override
    public Uid uid() {
        return object.uid();
    }

    @Override
    public byte[] json() {
        return object.tree().toString().getBytes(UTF_8);
    }

    @Override
    public SortedMap<String, String> labels() {
        return object.labels();
    }

    @Override
    public String field(String name) {
        return name.equals("spec.nodeName") ? Resource.text(object.spec(), "nodeName") : "";
    }

    @Override
    public Resource decode() {
        return object.copy();
    }
}
