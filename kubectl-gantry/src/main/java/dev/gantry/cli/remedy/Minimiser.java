package dev.gantry.cli.remedy;

import dev.gantry.model.meta.ObjectKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes each of several remedies as small as the others allow. Each was found as if it were alone:
 * a pod that leaves for its port's sake takes its requests with it, and less need be lowered.
 */
final class Minimiser {
    private final Case tried;
    private final List<Remedy> remedies;

    private Minimiser(Case tried, List<Remedy> remedies) {
        this.tried = tried;
        this.remedies = new ArrayList<>(remedies);
    }

    /**
     * @param remedies after which it fits
     */
    static List<Remedy> of(Case tried, List<Remedy> remedies) {
        var minimiser = new Minimiser(tried, remedies);
        for (int i = 0; i < remedies.size(); i++) {
            switch (remedies.get(i)) {
                case PodRemedy.LowerRequest lower -> minimiser.raise(i, lower);
                case PodRemedy.RelaxSpread relax when relax.maxSkew() > 0 ->
                        minimiser.tighten(i, relax);
                case NodeRemedy.PodsLeave leave -> minimiser.spare(i, leave);
                default -> {}
            }
        }
        return minimiser.remedies;
    }

    private void raise(int index, PodRemedy.LowerRequest lower) {
        long unit = Requests.unit(lower.resource());
        long most =
                Bisection.most(
                        lower.most() / unit,
                        (lower.asked() + unit - 1) / unit,
                        units -> fitsWith(index, lower.atMost(units * unit)));
        if (most * unit > lower.most()) {
            remedies.set(index, lower.atMost(most * unit));
        }
    }

    private void tighten(int index, PodRemedy.RelaxSpread relax) {
        long enough =
                Bisection.least(
                        relax.before(),
                        relax.maxSkew(),
                        skew -> fitsWith(index, relax.atLeast((int) skew)));
        remedies.set(index, relax.atLeast((int) enough));
    }

    private void spare(int index, NodeRemedy.PodsLeave leave) {
        NodeRemedy.PodsLeave fewer = leave;
        for (ObjectKey each : leave.pods().reversed()) {
            NodeRemedy.PodsLeave without = fewer.without(each);
            if (fitsWith(index, without)) {
                fewer = without;
            }
        }
        remedies.set(index, fewer);
    }

    private boolean fitsWith(int index, Remedy other) {
        List<Remedy> changed = new ArrayList<>(remedies);
        changed.set(index, other);
        return tried.fitsAfter(changed);
    }
}
