package dev.gantry.scheduler.cycle.reply;

import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.cycle.reply.Assumptions.Assumed;
import dev.gantry.scheduler.cycle.reply.Nominations.Nomination;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.Optional;

/** Which pods wait for the reply to which binding: those that are assumed, and those nominated. */
public final class Replies {
    private final Assumptions assumed;
    private final Nominations nominations;

    public Replies(Assumptions assumed, Nominations nominations) {
        this.assumed = assumed;
        this.nominations = nominations;
    }

    /** The pod that waits for the reply to exactly this binding; empty where none does. */
    public Optional<PodInfo> awaiting(Uid uid, Binding.Stamp stamp) {
        return assumed.find(uid)
                .filter(each -> each.binding().stamp().equals(stamp))
                .map(Assumed::pod)
                .or(
                        () ->
                                nominations
                                        .find(uid)
                                        .filter(each -> each.awaits(stamp))
                                        .map(Nomination::pod));
    }

    /** The binding whose reply this pod waits for. */
    public Optional<Binding> awaited(Uid uid) {
        return assumed.find(uid)
                .map(Assumed::binding)
                .or(
                        () ->
                                nominations
                                        .find(uid)
                                        .filter(Nomination::isUnderway)
                                        .flatMap(Nomination::binding));
    }
}
