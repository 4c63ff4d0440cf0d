package dev.gantry.agent.shell;

import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** The node agent's process. */
public final class AgentMain {
    private AgentMain() {}

    public static void main(String[] args) {
        // Cost: it would load Hibernate Validator, where that is on the class path, for nobody.
        System.setProperty("spring.backgroundpreinitializer.ignore", "true");
        start(args);
    }

    /** Returns once all parts run; closing the context stops them and leaves the pods alone. */
    public static ConfigurableApplicationContext start(String... args) {
        var application = new SpringApplication(Wiring.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setDefaultProperties(
                Map.of(
                        "spring.main.keep-alive",
                        "true",
                        "spring.jmx.enabled",
                        "false",
                        // gRPC sets a TCP option on the runtime's Unix socket, and Netty warns.
                        "logging.level.io.netty.bootstrap",
                        "error"));
        return application.run(args);
    }
}
