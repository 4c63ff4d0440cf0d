package dev.gantry.local.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With the scheduler of this JVM, which is given back as it was. */
class CarriersTest {
    private final VirtualThreadSchedulerMXBean scheduler =
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    private final int before = scheduler.getParallelism();

    @AfterEach
    void restore() {
        scheduler.setParallelism(before);
    }

    @Test
    void areFewOnceTheProcessIsNotYoungAnyMore() {
        scheduler.setParallelism(16);
        var carriers = new Carriers(scheduler, 2);

        carriers.look(Duration.ofSeconds(59));
        assertThat(scheduler.getParallelism()).isEqualTo(16);

        carriers.look(Duration.ofSeconds(60));
        assertThat(scheduler.getParallelism()).isEqualTo(4);
    }

    @Test
    void areAsManyAsThereAreCores() {
        new Carriers(scheduler, 9).look(Duration.ofMinutes(5));

        assertThat(scheduler.getParallelism()).isEqualTo(9);
    }
}
