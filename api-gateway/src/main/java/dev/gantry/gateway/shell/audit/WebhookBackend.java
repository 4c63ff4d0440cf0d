package dev.gantry.gateway.shell.audit;

import dev.gantry.client.shell.loop.Loop;
import dev.gantry.gateway.audit.AuditEvent;
import dev.gantry.gateway.audit.EventList;
import dev.gantry.gateway.audit.EventPacking.Packed;
import dev.gantry.gateway.audit.Throttle;
import dev.gantry.gateway.shell.webhook.Receipt;
import dev.gantry.gateway.shell.webhook.WebhookServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * POSTs lists of events to a server. What it does not take is sent again, a few times; meanwhile
 * nothing else is sent.
 *
 * <p>Compat: {@code apiserver/plugin/pkg/audit/webhook}, which sends further lists meanwhile.
 */
final class WebhookBackend implements AuditBackend {
    private static final int ATTEMPTS = 5;
    private static final double LONGER_EACH_TIME = 1.5;
    private static final double JITTER = 0.2;
    private static final Duration LAST_TIMEOUT = Duration.ofSeconds(3);

    private final WebhookServer server;
    private final AuditSettings.Webhook settings;
    private final Optional<Throttle> throttle;
    private final AuditCounts counts;

    WebhookBackend(WebhookServer server, AuditSettings.Webhook settings, AuditCounts counts) {
        this.server = server;
        this.settings = settings;
        this.throttle = settings.newThrottle();
        this.counts = counts;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public void write(List<AuditEvent> batch, Loop loop) throws InterruptedException {
        for (EventList each : packed(batch)) {
            if (throttle.isPresent()) {
                pause(loop, throttle.get().next(System.nanoTime()));
            }
            send(each, loop);
        }
    }

    @Override
    public void writeLast(List<AuditEvent> batch) throws IOException {
        for (EventList each : packed(batch)) {
            Receipt receipt = server.tell(each.body(), LAST_TIMEOUT);
            if (!receipt.isTaken()) {
                lose(each, answer(receipt));
            }
        }
    }

    @Override
    public void close() {
        // Its connections end by themselves.
    }

    private List<EventList> packed(List<AuditEvent> batch) {
        Packed packed = settings.packing().pack(batch);
        if (packed.tooLong() > 0) {
            counts.addLost(
                    "truncate", packed.tooLong(), "event is too large even after truncating");
        }
        return packed.lists();
    }

    private void send(EventList events, Loop loop) throws InterruptedException {
        double delayNanos = settings.initialBackoff().toNanos();
        for (int attempt = 1; ; attempt++) {
            String why;
            boolean isTransient;
            try {
                Receipt receipt = server.tell(events.body(), AuditSettings.WEBHOOK_TIMEOUT);
                if (receipt.isTaken()) {
                    return;
                }
                why = answer(receipt);
                isTransient = receipt.isTransient();
            } catch (SSLHandshakeException | SSLPeerUnverifiedException stranger) {
                why = stranger.toString();
                isTransient = false;
            } catch (IOException fault) {
                why = fault.toString();
                isTransient = true;
            }
            if (!isTransient || attempt == ATTEMPTS) {
                lose(events, why);
                return;
            }
            double jitter = 1 + JITTER * ThreadLocalRandom.current().nextDouble();
            pause(loop, Duration.ofNanos((long) (delayNanos * jitter)));
            delayNanos *= LONGER_EACH_TIME;
        }
    }

    private static void pause(Loop loop, Duration time) throws InterruptedException {
        if (time.isPositive() && !loop.pause(time) || loop.isClosed()) {
            throw new InterruptedException("the gateway is closing");
        }
    }

    private String answer(Receipt receipt) {
        return "%s answered %d".formatted(server.url(), receipt.code());
    }

    private void lose(EventList events, String why) {
        counts.addLost(name(), events.count(), why);
    }
}
