package dev.gantry.scheduler.shell;

import dev.gantry.client.shell.start.Startup;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the scheduler, alone or beside other services in one JVM. */
public final class SchedulerMain {
    private SchedulerMain() {}

    public static void main(String[] args) {
        Startup.orEnd("scheduler", () -> start(args));
    }

    /** Returns when it is up; it waits for Kafka and its topics in the background. */
    public static ConfigurableApplicationContext start(String... args) {
        return Startup.start(Wiring.class, "scheduler", args);
    }
}
