package dev.gantry.state.shell.webhook;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import dev.gantry.state.log.StoredObject;
import java.util.SortedMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A stored object in the version of a request. */
record ReadObject(StoredObject stored, byte[] json, SortedMap<String, String> labels)
        implements StoredObject {
    @Override
    public ObjectKey key() {
        return stored.key();
    }

    @Override
    public Revision revision() {
        return stored.revision();
    }

    @Override
    public Uid uid() {
        return stored.uid();
    }

    @Override
    public String field(String name) {
        return stored.field(name);
    }

    @Override
    public Resource decode() {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json));
    }
}
