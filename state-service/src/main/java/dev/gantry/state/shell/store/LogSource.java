package dev.gantry.state.shell.store;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.Durability;
import dev.gantry.state.log.LogEntry;
import dev.gantry.state.memory.EncodedObject;
import dev.gantry.state.memory.ObjectEncoder;
import dev.gantry.state.shell.kafka.RelaySource;
import dev.gantry.state.shell.postgres.PostgresLog;
import dev.gantry.state.shell.postgres.RelayPosition;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/** The log as the relay sees it. */
final class LogSource implements RelaySource {
    private final PostgresLog log;
    private final RelayPosition position;

    LogSource(DataSource database, PostgresLog log) {
        this.log = log;
        this.position = new RelayPosition(database);
    }

    @Override
    public Revision position() {
        try {
            return position.read();
        } catch (SQLException fault) {
            throw new IllegalStateException("cannot read the position of the relay", fault);
        }
    }

    @Override
    public void savePosition(Revision reached) {
        try {
            position.save(reached);
        } catch (SQLException fault) {
            throw new IllegalStateException("cannot save the position of the relay", fault);
        }
    }

    @Override
    public Revision restored() {
        return log.restored();
    }

    @Override
    public Optional<Revision> unknown(Map<ObjectKey, Revision> told) {
        try {
            return log.reader().unknown(told);
        } catch (SQLException fault) {
            throw new IllegalStateException("cannot look up what the feed tells", fault);
        }
    }

    @Override
    public void contradict(Revision unknown) {
        log.contradict(unknown);
    }

    @Override
    public List<LogEntry> after(Revision after, int most) {
        try {
            return log.reader().after(after, most);
        } catch (SQLException fault) {
            throw new IllegalStateException("cannot read the log after " + after, fault);
        }
    }

    @Override
    public Map<GroupResource, Revision> newest(Revision upTo) {
        try {
            return log.reader().newest(upTo);
        } catch (SQLException fault) {
            throw new IllegalStateException("cannot look up what changed last", fault);
        }
    }

    @Override
    public Set<GroupResource> resources() {
        Set<GroupResource> found = new TreeSet<>(log.resources());
        found.removeIf(each -> encoder().traits().durability(each) == Durability.MEMORY_FIRST);
        return found;
    }

    @Override
    public ObjectEncoder encoder() {
        return log.encoder();
    }

    @Override
    public List<EncodedObject> current(GroupResource resource) {
        return log.current(resource);
    }
}
