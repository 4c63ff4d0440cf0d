package dev.gantry.agent.shell;

import dev.gantry.client.shell.start.Startup;
import org.springframework.context.ConfigurableApplicationContext;

/** The node agent's process. */
public final class AgentMain {
    private AgentMain() {}

    public static void main(String[] args) {
        // Cost: it would load Hibernate Validator, where that is on the class path, for no use.
        System.setProperty("spring.backgroundpreinitializer.ignore", "true");
        Startup.orEnd("agent", () -> start(args));
    }

    /** Returns once all parts run; closing the context stops them and leaves the pods alone. */
    public static ConfigurableApplicationContext start(String... args) {
        return Startup.start(Wiring.class, "node", args);
    }
}
