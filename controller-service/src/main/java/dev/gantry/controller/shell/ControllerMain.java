package dev.gantry.controller.shell;

import dev.gantry.client.shell.start.Startup;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the controllers, alone or beside other services in one JVM. */
public final class ControllerMain {
    private ControllerMain() {}

    public static void main(String[] args) {
        Startup.orEnd("controller", () -> start(args));
    }

    /** Returns when it is up; it waits for Kafka, its topics and the API in the background. */
    public static ConfigurableApplicationContext start(String... args) {
        return Startup.start(Wiring.class, "controller", args);
    }
}
