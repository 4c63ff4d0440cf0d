package dev.gantry.state.commit;

import dev.gantry.model.message.ChangeMessage.Type;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.CommitOutcome;
import dev.gantry.state.log.LogEntry;
import dev.gantry.state.log.LogEvent;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.memory.EncodedObject;
import dev.gantry.state.memory.Memory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Numbers the changes of many groups, each checked against the memory as the groups before it leave
 * it.
 *
 * <p>Example: at revision 7, two groups update the same ConfigMap that both saw at 5. The first
 * gets number 8; the second is told it is stale, with the state at 8, and uses no number.
 */
public final class Sequencer {
    private final Memory.Edit edit;
    private final List<LogEntry> entries = new ArrayList<>();
    private final List<CommitOutcome> outcomes = new ArrayList<>();
    private Revision last;
    private Instant lastTime;

    private Sequencer(Memory memory, Revision last, Instant lastTime) {
        this.edit = memory.edit();
        this.last = last;
        this.lastTime = lastTime;
    }

    /**
     * @param last the last number that was ever given, which may be past the memory's
     * @param lastTime no entry is dated before it
     */
    public static Batch plan(
            Memory memory, Revision last, Instant lastTime, List<List<Proposal>> groups) {
        var sequencer = new Sequencer(memory, last, lastTime);
        groups.forEach(sequencer::take);
        return new Batch(
                sequencer.entries,
                sequencer.outcomes,
                sequencer.edit.at(sequencer.entries.isEmpty() ? memory.revision() : sequencer.last),
                sequencer.last,
                sequencer.lastTime);
    }

    /** Of several changes of one object, the first is checked: the others follow from it. */
    private void take(List<Proposal> group) {
        Set<ObjectKey> checked = new HashSet<>();
        for (Proposal each : group) {
            if (!checked.add(each.key())) {
                continue;
            }
            Optional<EncodedObject> current = edit.get(each.key());
            Revision found = current.map(EncodedObject::revision).orElse(Revision.NONE);
            boolean removesNothing = each.object() == null && current.isEmpty();
            if (removesNothing || !found.equals(each.previous())) {
                outcomes.add(
                        new CommitOutcome.Stale(each.key(), current.map(StoredObject.class::cast)));
                return;
            }
        }
        List<StoredObject> done = new ArrayList<>(group.size());
        for (Proposal each : group) {
            done.add(number(each));
        }
        outcomes.add(new CommitOutcome.Committed(done));
    }

    private StoredObject number(Proposal proposal) {
        last = last.next();
        if (proposal.origin().time().isAfter(lastTime)) {
            lastTime = proposal.origin().time();
        }
        Optional<EncodedObject> before = edit.get(proposal.key());
        EncodedObject after = after(proposal, before);
        Type type = Type.DELETED;
        if (proposal.object() == null) {
            edit.remove(proposal.key());
        } else {
            edit.put(after);
            type = before.isEmpty() ? Type.ADDED : Type.MODIFIED;
        }
        var event = new LogEvent(last, type, after, before.map(StoredObject.class::cast));
        Revision previous = before.map(EncodedObject::revision).orElse(Revision.NONE);
        entries.add(new LogEntry(event, previous, proposal.origin().actor(), lastTime));
        return after;
    }

    /** A removal carries the last state; there is one, or the group was stale. */
    private EncodedObject after(Proposal proposal, Optional<EncodedObject> before) {
        if (proposal.object() == null) {
            return before.orElseThrow().at(last);
        }
        long sequence =
                Math.max(
                        proposal.reportSequence(),
                        before.map(EncodedObject::reportSequence).orElse(0L));
        return proposal.object().at(last).reported(sequence);
    }
}
