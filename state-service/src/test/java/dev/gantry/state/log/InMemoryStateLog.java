package dev.gantry.state.log;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.commit.Batch;
import dev.gantry.state.commit.Proposal;
import dev.gantry.state.commit.Sequencer;
import dev.gantry.state.kind.BuiltinKinds;
import dev.gantry.state.memory.ObjectEncoder;
import dev.gantry.state.shell.live.Backfill;
import dev.gantry.state.shell.live.LiveState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The state log without a database: nothing is durable, all else is as in the real one. */
public final class InMemoryStateLog implements StateLog {
    private final ObjectEncoder encoder;
    private final LiveState live =
            new LiveState(Backfill.none(), new LiveState.WindowSize(1000, 16 << 20));
    private Instant lastTime = Instant.EPOCH;

    public InMemoryStateLog(ResourceTraits traits) {
        this.encoder = new ObjectEncoder(traits);
    }

    /** Selects by {@code spec.nodeName} only. */
    public InMemoryStateLog() {
        this(BuiltinKinds.CATALOG);
    }

    /** What counts as sealed with a key that no longer seals. */
    public final Set<ObjectKey> outdatedSeals = ConcurrentHashMap.newKeySet();

    @Override
    public boolean isSealOutdated(ObjectKey key) {
        return outdatedSeals.contains(key);
    }

    @Override
    public Optional<StoredObject> get(ObjectKey key) {
        return live.memory().get(key).map(StoredObject.class::cast);
    }

    @Override
    public Snapshot list(GroupResource resource, String namespace) {
        return live.memory().list(resource, namespace);
    }

    @Override
    public Snapshot listByField(GroupResource resource, String field, String value) {
        return live.memory().listByField(resource, field, value);
    }

    @Override
    public Revision revision() {
        return live.memory().revision();
    }

    @Override
    public boolean awaitRevision(Revision wanted, Duration limit) throws InterruptedException {
        return live.awaitRevision(wanted, limit);
    }

    @Override
    public synchronized CommitOutcome commit(List<Change> group) {
        List<Proposal> proposals = group.stream().map(each -> Proposal.of(each, encoder)).toList();
        Optional<CommitOutcome> tooLarge = Proposal.tooLarge(proposals);
        if (tooLarge.isPresent()) {
            return tooLarge.get();
        }
        Batch batch = Sequencer.plan(live.memory(), revision(), lastTime, List.of(proposals));
        lastTime = batch.lastTime();
        live.publish(batch.after(), batch.entries());
        return batch.outcomes().getFirst();
    }

    @Override
    public WatchCursor watch(GroupResource resource, Revision after) {
        return live.watch(resource, after);
    }
}
