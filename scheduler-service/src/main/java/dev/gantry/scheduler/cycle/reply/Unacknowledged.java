package dev.gantry.scheduler.cycle.reply;

import dev.gantry.model.message.Binding;
import dev.gantry.model.message.Binding.Stamp;
import dev.gantry.model.meta.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A binding to which no reply came, so that it is sent again.
 *
 * <p>Invariant: it is sent again only for the pods that still wait for the reply to this same
 * binding. The others may be tried anew, with their space given away; the second message must not
 * place them.
 *
 * @param waiting at least one, in the order in which they began to wait
 */
public record Unacknowledged(Binding binding, List<Uid> waiting) {
    /** State takes only one of the two. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A pod waits for the reply to a binding, which may be that of a whole gang. */
    public record Wait(Uid pod, Binding binding, Instant since) {
        public Instant due() {
            return since.plus(PATIENCE);
        }
    }

    /** The bindings whose reply some pod has waited for long enough. */
    public static List<Unacknowledged> among(List<Wait> all, Instant now) {
        Map<Stamp, List<Wait>> byStamp = new LinkedHashMap<>();
        for (Wait each : all) {
            if (!each.due().isAfter(now)) {
                byStamp.put(each.binding.stamp(), new ArrayList<>());
            }
        }
        for (Wait each : all) {
            List<Wait> same = byStamp.get(each.binding.stamp());
            if (same != null) {
                same.add(each);
            }
        }
        return byStamp.values().stream().map(Unacknowledged::of).toList();
    }

    private static Unacknowledged of(List<Wait> same) {
        return new Unacknowledged(same.getFirst().binding, same.stream().map(Wait::pod).toList());
    }
}
