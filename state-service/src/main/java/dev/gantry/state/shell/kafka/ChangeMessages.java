package dev.gantry.state.shell.kafka;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Assignment;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.message.ChangeMessage.Type;
import dev.gantry.model.message.Topics;
import dev.gantry.state.log.LogEntry;
import dev.gantry.state.memory.EncodedObject;
import dev.gantry.state.memory.ObjectEncoder;
import dev.gantry.state.memory.ObjectTable;
import dev.gantry.state.secret.Masking;
import java.util.Optional;

/** What the feed says of an entry of the log. */
final class ChangeMessages {
    private final Topics topics;
    private final ObjectEncoder encoder;

    ChangeMessages(Topics topics, ObjectEncoder encoder) {
        this.topics = topics;
        this.encoder = encoder;
    }

    String topic(LogEntry entry) {
        return topics.changes(entry.object().key().resource());
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
