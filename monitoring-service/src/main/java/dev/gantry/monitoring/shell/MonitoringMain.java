package dev.gantry.monitoring.shell;

import dev.gantry.client.shell.start.Startup;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the monitoring service, alone or beside other services in one JVM. */
public final class MonitoringMain {
    private MonitoringMain() {}

    public static void main(String[] args) {
        Startup.orEnd("monitoring", () -> start(args));
    }

    /** Returns when it is up; it waits for Kafka, the API and PostgreSQL in the background. */
    public static ConfigurableApplicationContext start(String... args) {
        return Startup.start(Wiring.class, "monitoring", args);
    }
}
