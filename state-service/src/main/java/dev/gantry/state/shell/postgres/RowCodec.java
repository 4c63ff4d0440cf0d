package dev.gantry.state.shell.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.commit.Proposal;
import dev.gantry.state.log.Durability;
import dev.gantry.state.log.ResourceTraits;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.memory.EncodedObject;
import dev.gantry.state.memory.ObjectEncoder;
import dev.gantry.state.secret.Masking;
import dev.gantry.state.shell.encryption.Encryption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Objects to column values and back.
 *
 * <p>Invariant: where {@code sealed} is set it is the whole truth, and {@code body} only what may
 * and can be read: without what is confidential, and without the character that jsonb cannot hold.
 */
final class RowCodec {
    private static final String NUL = "\\u0000";
    private static final String REPLACEMENT = "\\ufffd";

    private final ObjectEncoder encoder;
    private final Encryption encryption;

    RowCodec(ObjectEncoder encoder, Encryption encryption) {
        this.encoder = encoder;
        this.encryption = encryption;
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
        if (!isSealed(object.key(), (EncodedObject) object)) {
            encryption.forget(object.key());
            return null;
        }
        return encryption.seal(object.key(), object.json());
    }

    /** Why one of these cannot be stored now: it has to be sealed, and cannot be. */
    Optional<String> objection(List<Proposal> group) {
        return group.stream()
                .filter(each -> isSealed(each.key(), each.object()))
                .flatMap(each -> encryption.objection(each.key().resource()).stream())
                .findFirst();
    }

    /** A removal writes the last state once more. */
    private boolean isSealed(ObjectKey key, @Nullable EncodedObject object) {
        return object != null && !object.facts().isPlain()
                || encoder.traits().isConfidential(key.resource());
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

    /** As {@link #object(ResultSet)}, of an object that is stored now. */
    EncodedObject stored(ResultSet row) throws SQLException {
        EncodedObject object = object(row);
        byte[] sealed = row.getBytes("sealed");
        if (sealed != null) {
            encryption.note(object.key(), sealed);
        }
        return object;
    }

    void forget(ObjectKey key) {
        encryption.forget(key);
    }

    boolean isOutdated(ObjectKey key) {
        return encryption.isOutdated(key, encoder.traits().isConfidential(key.resource()));
    }

    EncodedObject object(ObjectKey key, long revision, String body, byte @Nullable [] sealed) {
        byte[] json = sealed == null ? body.getBytes(UTF_8) : encryption.open(key, sealed);
        return encoder.decode(key, new Revision(revision), json);
    }
}
