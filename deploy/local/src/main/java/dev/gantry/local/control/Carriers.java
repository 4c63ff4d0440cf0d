package dev.gantry.local.control;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * How many threads carry the virtual ones: more than there are cores while the process is young, as
 * {@code always.options} says, then few. A thread that carries wakes others to share what there is,
 * and on few cores those mostly find that nothing is left.
 *
 * <p>Cost: on two cores, with 16 instead of 4, a request takes 3.5 switches of such threads instead
 * of 1.2, and 23,000 reads or 3,160 creates are answered in a second instead of 28,500 or 3,700.
 * But while code is still to be compiled, many keep the compiler from taking the processor from
 * them: in the first 20 seconds of load 918 creates a second are answered, and with 4 only 513.
 */
final class Carriers {
    private static final int LEAST = 4;

    /** What code that is used much has taken until it is compiled. */
    private static final Duration YOUTH = Duration.ofSeconds(60);

    private final VirtualThreadSchedulerMXBean scheduler;
    private final int few;
    private boolean areFew;

    Carriers(VirtualThreadSchedulerMXBean scheduler, int cores) {
        this.scheduler = scheduler;
        this.few = Math.max(LEAST, cores);
    }

    static Carriers ofThisProcess() {
        return new Carriers(
                ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class),
                Runtime.getRuntime().availableProcessors());
    }

    /**
     * To be called now and then.
     *
     * @param cpu what the process has used since it began
     */
    void look(Duration cpu) {
        if (!areFew && cpu.compareTo(YOUTH) >= 0) {
            areFew = true;
            scheduler.setParallelism(few);
        }
    }
}
