package dev.gantry.state.shell;

import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the state service, alone or beside others in the same JVM. Its context holds one bean of
 * type {@link dev.gantry.model.exchange.ApiBackend}.
 */
public final class StateMain {
    private StateMain() {}

    public static void main(String[] args) {
        start(args);
    }

    /**
     * Returns once the state is there and a new cluster has its first objects. Where the database
     * keeps it waiting, returns all the same after half a minute, and goes on trying; the API
     * answers 503 until then.
     */
    public static ConfigurableApplicationContext start(String... args) {
        SpringApplication application = new SpringApplication(Wiring.class);
        // The one port there may be is a bean of our own, and off by default.
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setDefaultProperties(
                Map.of("spring.config.name", "gantry-state", "spring.main.keep-alive", "true"));
        return application.run(args);
    }
}
