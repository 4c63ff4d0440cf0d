package dev.gantry.scheduler.shell.standby;

import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.cycle.SchedulerInput;
import dev.gantry.scheduler.placement.profile.PublishedProfiles;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes our profiles known to everybody once we lead. A thread of its own: neither the election nor
 * the scheduling waits for it.
 */
public final class ProfileBoard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileBoard.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final ClusterApi api;
    private final PublishedProfiles profiles;
    private final Semaphore announced = new Semaphore(0);
    private final Loop loop = new Loop("profile-board", this::run);

    public ProfileBoard(ClusterApi api, PublishedProfiles profiles) {
        this.api = api;
        this.profiles = profiles;
    }

    public void start() {
        loop.start();
    }

    /** Who stands by says nothing: its configuration may be another. */
    public void hear(SchedulerInput input) {
        if (input instanceof SchedulerInput.Leading) {
            announced.release();
        } else if (input instanceof SchedulerInput.Following) {
            announced.drainPermits();
        }
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws InterruptedException {
        while (!loop.isClosed()) {
            announced.acquire();
            try {
                publish();
            } catch (ApiRefused | ApiUnreachable failed) {
                LOG.warn("the profiles could not be made known: {}", failed.toString());
                loop.pause(RETRY);
                announced.release();
            }
        }
    }

    private void publish() {
        Optional<Resource> found = api.get(PublishedProfiles.KEY);
        if (found.isEmpty()) {
            api.create(PublishedProfiles.KEY.resource(), profiles.fresh());
        } else if (!PublishedProfiles.readFrom(found.get()).equals(profiles)) {
            api.update(PublishedProfiles.KEY.resource(), profiles.writtenTo(found.get()));
        }
    }
}
