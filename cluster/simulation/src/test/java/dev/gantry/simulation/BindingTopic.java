package dev.gantry.simulation;

import dev.gantry.model.message.Binding;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One partition: an order, readers that lag, and a state service that may read the same twice. */
final class BindingTopic {
    private final Random random;
    private final SimulatedState state;
    private final List<Binding> records = new ArrayList<>();
    private final List<Binding> rejections = new ArrayList<>();
    private int committed;
    private long term;

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

    /** State takes in some of what waits; now and then it does not get to commit how far it was. */
    void takeIn() {
        int count = random.nextInt(records.size() - committed + 1);
        boolean isRemembered = random.nextInt(8) != 0;
        for (int at = committed; at < committed + count; at++) {
            take(records.get(at));
        }
        committed += isRemembered ? count : 0;
    }

    private void take(Binding binding) {
        term = Math.max(term, binding.term());
        if (!binding.isFence() && binding.term() == term) {
            state.take(binding).ifPresent(_ -> rejections.add(binding));
        }
    }
}
