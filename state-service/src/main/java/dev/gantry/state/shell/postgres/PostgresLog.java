package dev.gantry.state.shell.postgres;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.commit.Proposal;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.CommitOutcome;
import dev.gantry.state.log.OutcomeUnknown;
import dev.gantry.state.log.ResourceTraits;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.log.WatchCursor;
import dev.gantry.state.memory.EncodedObject;
import dev.gantry.state.memory.ObjectEncoder;
import dev.gantry.state.shell.encryption.Encryption;
import dev.gantry.state.shell.live.LiveState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/**
 * The state log that stands in PostgreSQL. Reads come from memory, also while the database is away.
 */
public final class PostgresLog implements StateLog, AutoCloseable {
    /**
     * @param encryption started and closed by whoever made it
     * @param holder names this replica in the write lease, for people
     * @param queueLimit how many groups may wait to be committed
     */
    public record Settings(
            Encryption encryption, String holder, int queueLimit, LiveState.WindowSize window) {}

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ObjectEncoder encoder;
    private final RowCodec codec;
    private final LogReader reader;
    private final LiveState live;
    private final WriteQueue queue;
    private final Committer committer;

    public PostgresLog(
            DataSource database,
            ResourceTraits traits,
            Settings settings,
            CommitListener listener) {
        this.encoder = new ObjectEncoder(traits);
        this.codec = new RowCodec(encoder, settings.encryption());
        this.reader = new LogReader(database, codec);
        this.live = new LiveState(reader, settings.window());
        this.queue = new WriteQueue(settings.queueLimit());
        this.committer =
                new Committer(
                        new Committer.Parts(database, live, queue, codec, listener),
                        settings.holder());
    }

    /** Returns at once; the state is there when {@link #isLeading()}. */
    public void start() {
        committer.start();
    }

    public boolean isLeading() {
        return queue.isOpen();
    }

    /** False where the limit passed first. */
    public boolean awaitLeading(Duration limit) throws InterruptedException {
        return queue.awaitOpen(limit);
    }

    public LogReader reader() {
        return reader;
    }

    /**
     * Up to here the history may be another one than others were told of, since the database was
     * restored; NONE where it never was. To be asked while this replica leads.
     */
    public Revision restored() {
        return committer.restored();
    }

    /**
     * Others were told of this revision and the log does not hold it. Where that is not known yet,
     * the numbers jump ahead and all watches end, soon after this returns.
     */
    public void contradict(Revision unknown) {
        committer.contradict(unknown);
    }

    public Set<GroupResource> resources() {
        return live.memory().sizes().keySet();
    }

    /** The current objects of a resource, with all that is known of them. */
    public List<EncodedObject> current(GroupResource resource) {
        return live.memory().table(resource).all();
    }

    public ObjectEncoder encoder() {
        return encoder;
    }

    @Override
    public Optional<StoredObject> get(ObjectKey key) {
        return live.memory().get(key).map(StoredObject.class::cast);
    }

    @Override
    public boolean isSealOutdated(ObjectKey key) {
        return codec.isOutdated(key);
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
    public CommitOutcome commit(List<Change> group) throws InterruptedException {
        try {
            return submit(group.stream().map(each -> Proposal.of(each, encoder)).toList())
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException unknown) {
            throw new OutcomeUnknown("leadership ended during the commit", unknown);
        } catch (TimeoutException unknown) {
            throw new OutcomeUnknown("the database was lost during the commit", unknown);
        }
    }

    /**
     * As {@link #commit}, without waiting. Completes exceptionally only where the outcome will
     * never be known here.
     */
    public CompletableFuture<CommitOutcome> submit(List<Proposal> group) {
        return Proposal.tooLarge(group)
                .or(() -> codec.objection(group).map(CommitOutcome.Unavailable::new))
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> queue.put(new Submission(group)).outcome());
    }

    @Override
    public WatchCursor watch(GroupResource resource, Revision after) {
        return live.watch(resource, after);
    }

    @Override
    public void close() {
        committer.close();
        live.close();
    }
}
