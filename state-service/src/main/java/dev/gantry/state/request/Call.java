package dev.gantry.state.request;

import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.model.request.Query;
import dev.gantry.state.catalog.ResourceCatalog;
import dev.gantry.state.codec.BodyEncoder;
import dev.gantry.state.definition.Conversion;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.registry.Target;
import dev.gantry.state.registry.option.ListOptions;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.schema.TypeSchema;
import dev.gantry.state.view.View;
import java.util.Arrays;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call for a resource, as far as it has been read.
 *
 * @param catalog the one that is asked to the end of the call
 */
public record Call(
        ApiCall raw,
        ApiRequest request,
        Query query,
        ResourceCatalog catalog,
        Target target,
        View view) {
    /** In the version that the client asked for. */
    public Kind kind() {
        return target.version().kind();
    }

    public Conversion conversion() {
        return target.version().conversion();
    }

    /**
     * The stored object as the client reads it.
     *
     * <p>Cost: an object of a custom kind that has all its defaults looks as it is stored, and is
     * decoded to learn that once, not for each reply: those took three times as long.
     */
    public byte[] converted(StoredObject object) {
        if (target.version().isStored() || object.isShownAsStored(conversion())) {
            return object.json();
        }
        byte[] shown = converted(object.json());
        if (Arrays.equals(shown, object.json())) {
            object.noteShownAsStored(conversion());
        }
        return shown;
    }

    public byte[] converted(byte[] json) {
        return target.version().isStored()
                ? json
                : BodyEncoder.json(
                        conversion().fromStored((ObjectNode) JsonMapper.shared().readTree(json)));
    }

    /** A stored object in the version that the client asked for; the stored one stays as it is. */
    public ObjectNode current(ObjectNode stored) {
        return target.version().isStored() ? stored : conversion().fromStored(stored.deepCopy());
    }

    public TypeSchema schema() {
        return target.version().schema();
    }

    /**
     * @param kind of the options, such as {@code CreateOptions}
     */
    public Judged<WriteOptions> writeOptions(String kind) {
        return WriteOptions.parse(query, userAgent(), kind);
    }

    public Caller caller() {
        return raw.caller();
    }

    /** The revision that a reader has heard of. */
    public Judged<Revision> notOlderThan() {
        String given = query.first("resourceVersion");
        return Judged.unless(
                ListOptions.wrongVersion(given).map(Refusal.Unsupported::new),
                Revision.parse(given).orElse(Revision.NONE));
    }

    /** The object that the path names. */
    public Judged<StoredObject> stored() {
        return Judged.present(view.get(target.key()), target.missing());
    }

    public String accept() {
        return raw.header("accept");
    }

    public String userAgent() {
        return raw.header("user-agent");
    }

    public String contentType() {
        return raw.header("content-type");
    }

    public boolean hasBody() {
        return raw.body().length > 0;
    }
}
