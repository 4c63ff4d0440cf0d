package dev.gantry.state.shell.kafka;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Assignment;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.message.ChangeMessage.Type;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.LogEntry;
import dev.gantry.state.log.LogEvent;
import dev.gantry.state.memory.EncodedObject;
import dev.gantry.state.memory.ObjectEncoder;
import dev.gantry.state.memory.ObjectTable;
import dev.gantry.state.secret.Masking;
import java.time.Instant;
import java.util.Optional;

/** What the feed says of an entry of the log, and of what stands there. */
final class ChangeMessages {
    private static final String ACTOR = "system:gantry:state";

    private final ObjectEncoder encoder;

    ChangeMessages(ObjectEncoder encoder) {
        this.encoder = encoder;
    }

    ChangeMessage change(LogEntry entry) {
        boolean isRemoval = entry.event().type() == Type.DELETED;
        return new ChangeMessage(
                entry.object().key(),
                entry.revision(),
                entry.previous(),
                entry.event().type(),
                entry.time().toString(),
                entry.actor(),
                isRemoval
                        ? null
                        : Masking.told((EncodedObject) entry.object(), encoder)
                                .jsonWithoutManagedFields());
    }

    /** An object as it stands, for a topic that does not tell of it. */
    ChangeMessage standing(EncodedObject object, Revision told) {
        var event = new LogEvent(told, Type.ADDED, object, Optional.empty());
        return change(new LogEntry(event, Revision.NONE, ACTOR, Instant.EPOCH));
    }

    /** The end of an object that a topic tells of, and that is not there. */
    ChangeMessage ended(ObjectKey key, Revision told) {
        return new ChangeMessage(
                key, told, Revision.NONE, Type.DELETED, Instant.EPOCH.toString(), ACTOR, null);
    }

    /** For pods that are on a node: its agent has something to look at. */
    Optional<Assignment> assignment(LogEntry entry) {
        var object = (EncodedObject) entry.object();
        boolean isPod = object.key().resource().equals(Resources.PODS);
        String node = isPod ? object.field(ObjectTable.NODE_NAME) : "";
        if (node.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Assignment(
                        node,
                        object.key().namespace(),
                        object.key().name(),
                        object.facts().uid(),
                        entry.revision(),
                        entry.event().type() == Type.DELETED));
    }
}
