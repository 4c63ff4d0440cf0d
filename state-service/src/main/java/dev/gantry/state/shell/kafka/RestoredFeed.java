package dev.gantry.state.shell.kafka;

import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.memory.EncodedObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the change feed is told after the database was restored: the end of every object that it
 * tells of and that is not there, and then every object as it stands. Whoever reads the feed hears
 * of changes like any others, and needs to know nothing of what happened.
 *
 * <p>The messages take the last numbers up to the one that the restored history goes on from, each
 * its own: the numbers jumped far ahead there, so that they come after all that was told, and
 * before all that is committed next. What is committed meanwhile is not among them.
 */
final class RestoredFeed {
    private final Revision last;
    private final Set<ObjectKey> ended = new LinkedHashSet<>();
    private final List<EncodedObject> standing = new ArrayList<>();
    private Revision newestTold = Revision.NONE;

    /**
     * @param last the number that the restored history goes on from
     */
    RestoredFeed(Revision last) {
        this.last = last;
    }

    /**
     * To be called for all that the feed tells so far, in its order, and before {@link #stands}.
     */
    void tells(ChangeMessage told) {
        if (told.body() == null) {
            ended.remove(told.key());
        } else {
            ended.add(told.key());
        }
        if (told.revision().isAfter(newestTold)) {
            newestTold = told.revision();
        }
    }

    /** To be called for every object that is there. */
    void stands(EncodedObject object) {
        ended.remove(object.key());
        if (!object.revision().isAfter(last)) {
            standing.add(object);
        }
    }

    /**
     * A number that was told before and that is in the way, so that readers would take what is told
     * now for old: as after the same dump was restored twice.
     */
    Optional<Revision> inTheWay() {
        if (last.value() - size() > newestTold.value()) {
            return Optional.empty();
        }
        return Optional.of(newestTold.isAfter(last) ? newestTold : last.next());
    }

    int size() {
        return ended.size() + standing.size();
    }

    void forEach(ChangeMessages messages, Consumer<ChangeMessage> sink) {
        long number = last.value() - size();
        for (ObjectKey each : ended) {
            sink.accept(messages.ended(each, new Revision(++number)));
        }
        for (EncodedObject each : standing) {
            sink.accept(messages.standing(each, new Revision(++number)));
        }
    }
}
