package dev.gantry.monitoring.shell;

import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.meta.Resource;
import dev.gantry.monitoring.metrics.MetricsRegistration;
import dev.gantry.monitoring.metrics.MetricsRegistration.Wanted;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** While this replica leads: keeps the objects by which the API server finds its metrics. */
final class MetricsPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsPublisher.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration LOOKS_AFTER = Duration.ofSeconds(30);

    private final ClusterApi api;
    private final MetricsRegistration registration;
    private final Loop loop = new Loop("metrics-registration", this::run);
    private volatile boolean isLeading;

    MetricsPublisher(ClusterApi api, MetricsRegistration registration) {
        this.api = api;
        this.registration = registration;
    }

    void start() {
        loop.start();
    }

    void lead() {
        isLeading = true;
    }

    void follow() {
        isLeading = false;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws InterruptedException {
        boolean isPublished = false;
        do {
            isPublished = isLeading && publish();
        } while (loop.pause(isPublished ? LOOKS_AFTER : RETRY));
    }

    private boolean publish() {
        try {
            registration.objects().forEach(this::ensure);
            return true;
        } catch (ApiRefused | ApiUnreachable away) {
            LOG.debug("the metrics are not registered yet: {}", away.toString());
            return false;
        }
    }

    private void ensure(Wanted wanted) {
        var resource = wanted.kind().resource();
        Optional<Resource> stored = api.get(wanted.object().key(resource));
        if (stored.isEmpty()) {
            api.create(resource, wanted.object());
            return;
        }
        wanted.completed(stored.get()).ifPresent(changed -> api.update(resource, changed));
    }
}
