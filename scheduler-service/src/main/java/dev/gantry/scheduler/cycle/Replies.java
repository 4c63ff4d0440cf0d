package dev.gantry.scheduler.cycle;

import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.cycle.Assumptions.Assumed;
import dev.gantry.scheduler.cycle.Nominations.Nomination;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.Optional;

/** Which pods wait for the reply to which binding: those that are assumed, and those nominated. */
final class Replies {
    private final Assumptions assumed;
    private final Nominations nominations;

    Replies(Assumptions assumed, Nominations nominations) {
        this.assumed = assumed;
        this.nominations = nominations;
    }

    /** The pod that waits for the reply to exactly this binding; empty where none does. */
    Optional<PodInfo> awaiting(Uid uid, Binding.Stamp stamp) {
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
    Optional<Binding> awaited(Uid uid) {
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
