package dev.gantry.gateway.shell.audit;

import dev.gantry.gateway.audit.AuditLevel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many events there were, and how many did not get where they should.
 *
 * <p>Compat: the names of {@code apiserver/pkg/audit/metrics.go}.
 */
public final class AuditCounts {
    private static final Logger LOG = LoggerFactory.getLogger(AuditCounts.class);
    private static final long LOG_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();
    private static final String PREFIX = "apiserver_audit_";

    private static final class Losses {
        private final LongAdder all = new LongAdder();
        private long told;
        private long toldAtNanos;
        private boolean isTold;
    }

    private final LongAdder events = new LongAdder();
    private final LongAdder[] requests = new LongAdder[AuditLevel.values().length];
    private final Map<String, Losses> losses = new ConcurrentHashMap<>();

    public AuditCounts() {
        Arrays.setAll(requests, _ -> new LongAdder());
    }

    void addEvent() {
        events.increment();
    }

    /** One for each request. */
    void addRequest(AuditLevel level) {
        requests[level.ordinal()].increment();
    }

    /** Is counted each time, and logged once a minute at most. */
    void addLost(String plugin, long many, String why) {
        Losses lost = losses.computeIfAbsent(plugin, _ -> new Losses());
        lost.all.add(many);
        synchronized (lost) {
            long now = System.nanoTime();
            if (lost.isTold && now - lost.toldAtNanos < LOG_AGAIN_NANOS) {
                return;
            }
            long all = lost.all.sum();
            LOG.error("{}: {} audit events are lost: {}", plugin, all - lost.told, why);
            lost.told = all;
            lost.toldAtNanos = now;
            lost.isTold = true;
        }
    }

    public void append(StringBuilder text) {
        head(text, "event_total").append(PREFIX).append("event_total ").append(events.sum());
        text.append('\n');
        head(text, "error_total");
        new TreeMap<>(losses)
                .forEach((plugin, lost) -> line(text, "error_total", "plugin", plugin, lost.all));
        head(text, "level_total");
        for (AuditLevel each : AuditLevel.values()) {
            line(text, "level_total", "level", each.wire(), requests[each.ordinal()]);
        }
    }

    private static StringBuilder head(StringBuilder text, String name) {
        return text.append("# TYPE ").append(PREFIX).append(name).append(" counter\n");
    }

    private static void line(
            StringBuilder text, String name, String label, String value, LongAdder count) {
        text.append(PREFIX).append(name).append('{').append(label).append("=\"").append(value);
        text.append("\"} ").append(count.sum()).append('\n');
    }
}
