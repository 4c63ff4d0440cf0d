package dev.gantry.state.shell;

import dev.gantry.client.shell.start.Startup;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the state service, alone or beside others in the same JVM. Its context holds one bean, the
 * {@link StateServer}.
 */
public final class StateMain {
    private StateMain() {}

    public static void main(String[] args) {
        Startup.orEnd("state", () -> start(args));
    }

    /**
     * Returns once the state is there and a new cluster has its first objects. Where the database
     * keeps it waiting, returns all the same after half a minute, and goes on trying; the API
     * answers 503 until then.
     */
    public static ConfigurableApplicationContext start(String... args) {
        return Startup.start(Wiring.class, "state", args);
    }
}
