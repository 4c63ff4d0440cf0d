package dev.gantry.state.shell.kafka;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.LogEntry;
import dev.gantry.state.memory.EncodedObject;
import dev.gantry.state.memory.ObjectEncoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the relay reads, and where it notes how far it is. Methods throw faults of the database. */
public interface RelaySource {
    /** All entries up to here are known to be in Kafka. */
    Revision position();

    void savePosition(Revision position);

    /**
     * Up to here the history may be another one than the feed tells, since the database was
     * restored; NONE where it never was. Nothing of a later revision comes out before it is known
     * here.
     */
    Revision restored();

    /** The newest of what the feed tells that should be in the log and is not. */
    Optional<Revision> unknown(Map<ObjectKey, Revision> told);

    /**
     * The feed tells of this revision and the log does not hold it. Soon after, {@link #restored}
     * is a later one.
     */
    void contradict(Revision unknown);

    /** What was committed after {@code after}, in order. */
    List<LogEntry> after(Revision after, int most);

    /**
     * Of each resource, the newest revision up to {@code upTo}; of some that have not changed for
     * long, none. Not of events.
     */
    Map<GroupResource, Revision> newest(Revision upTo);

    /** The resources that there are objects of. */
    Set<GroupResource> resources();

    /** How objects are written, and how what is secret in them is read. */
    ObjectEncoder encoder();

    /** The current objects, for a topic that is made anew. */
    List<EncodedObject> current(GroupResource resource);
}
