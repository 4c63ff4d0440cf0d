package dev.gantry.state.shell.kafka;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.LogEntry;
import dev.gantry.state.memory.EncodedObject;
import dev.gantry.state.memory.ObjectEncoder;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the relay reads, and where it notes how far it is. Methods throw faults of the database. */
public interface RelaySource {
    /** All entries up to here are known to be in Kafka. */
    Revision position();

    void savePosition(Revision position);

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
