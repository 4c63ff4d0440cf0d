package dev.gantry.state.shell.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.Durability;
import dev.gantry.state.log.ResourceTraits;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.memory.EncodedObject;
import dev.gantry.state.memory.ObjectEncoder;
import dev.gantry.state.secret.Masking;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Objects to column values and back.
 *
 * <p>Invariant: where {@code sealed} is set it is the whole truth, and {@code body} only what may
 * and can be read: without a Secret's values, and without the character that jsonb cannot hold.
 */
final class RowCodec {
    private static final String NUL = "\\u0000";
    private static final String REPLACEMENT = "\\ufffd";

    private final ObjectEncoder encoder;
    private final Envelope envelope;

    RowCodec(ObjectEncoder encoder, Envelope envelope) {
        this.encoder = encoder;
        this.envelope = envelope;
    }

    ResourceTraits traits() {
        return encoder.traits();
    }

    Durability durability(StoredObject object) {
        return durability(object.key().resource());
    }

    Durability durability(GroupResource resource) {
        return encoder.traits().durability(resource);
    }

    byte[] body(StoredObject object) {
        EncodedObject open = Masking.masked((EncodedObject) object, encoder);
        if (open.facts().isPlain()) {
            return open.json();
        }
        return new String(open.json(), UTF_8).replace(NUL, REPLACEMENT).getBytes(UTF_8);
    }

    byte @Nullable [] sealed(StoredObject object) {
        boolean isPlain = ((EncodedObject) object).facts().isPlain();
        if (isPlain && !encoder.traits().isConfidential(object.key().resource())) {
            return null;
        }
        return envelope.seal(object.key(), object.json());
    }

    /** From columns resource, namespace, name, revision, body and sealed. */
    EncodedObject object(ResultSet row) throws SQLException {
        var key =
                new ObjectKey(
                        GroupResource.parse(row.getString("resource")),
                        row.getString("namespace"),
                        row.getString("name"));
        return object(key, row.getLong("revision"), row.getString("body"), row.getBytes("sealed"));
    }

    EncodedObject object(ObjectKey key, long revision, String body, byte @Nullable [] sealed) {
        byte[] json = sealed == null ? body.getBytes(UTF_8) : envelope.open(key, sealed);
        return encoder.decode(key, new Revision(revision), json);
    }
}
