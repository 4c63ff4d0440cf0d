package dev.gantry.simulation;

import dev.gantry.model.message.Binding;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One partition: an order, readers that lag, and a state service that crashes: it may read the same
 * twice, and then knows no more than what it kept along with its position.
 */
final class BindingTopic {
    private final Random random;
    private final SimulatedState state;
    private final List<Binding> records = new ArrayList<>();
    private final List<Binding> rejections = new ArrayList<>();
    private int committed;
    private long committedTerm;

    BindingTopic(Random random, SimulatedState state) {
        this.random = random;
        this.state = state;
    }

    int send(Binding binding) {
        records.add(binding);
        return records.size() - 1;
    }

    int end() {
        return records.size();
    }

    List<Binding> from(int position) {
        return records.subList(position, records.size());
    }

    List<Binding> rejectionsFrom(int position) {
        return rejections.subList(position, rejections.size());
    }

    /**
     * A state service that was deposed refuses some of what waits and keeps how far it was, and
     * then finds that it may tell nobody.
     */
    void skip(Random luck) {
        int count = luck.nextInt(records.size() - committed + 1);
        for (Binding each : records.subList(committed, committed + count)) {
            committedTerm = Math.max(committedTerm, each.term());
        }
        committed += count;
    }

    /**
     * State takes in some of what waits. Now and then it does not get to commit how far it was, or
     * to tell what it refused.
     */
    void takeIn() {
        int count = random.nextInt(records.size() - committed + 1);
        boolean isRemembered = random.nextInt(8) != 0;
        boolean isTold = random.nextInt(20) != 0;
        List<Binding> refused = new ArrayList<>();
        long term = committedTerm;
        for (Binding each : records.subList(committed, committed + count)) {
            term = Math.max(term, each.term());
            boolean isCurrent = !each.isFence() && each.term() == term;
            if (isCurrent && state.take(each).isPresent()) {
                refused.add(each);
            }
        }
        if (isRemembered) {
            committed += count;
            committedTerm = term;
            rejections.addAll(isTold ? refused : List.of());
        }
    }
}
