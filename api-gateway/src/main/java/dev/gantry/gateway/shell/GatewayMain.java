package dev.gantry.gateway.shell;

import dev.gantry.model.exchange.ApiBackend;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the gateway, alone or beside a state service in the same JVM. */
public final class GatewayMain {
    private GatewayMain() {}

    public static void main(String[] args) {
        start(Optional.empty(), args);
    }

    public static ConfigurableApplicationContext start(String... args) {
        return start(Optional.empty(), args);
    }

    /**
     * @param inProcess the state service of this JVM; if there is none, {@code
     *     gantry.gateway.state-url} says where it is
     */
    public static ConfigurableApplicationContext start(
            Optional<ApiBackend> inProcess, String... args) {
        SpringApplication application = new SpringApplication(Wiring.class);
        // The listeners are beans of our own: TLS, several addresses, and no servlet or
        // reactive web context between them and the requests.
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setDefaultProperties(
                Map.of(
                        "spring.config.name", "gantry-gateway",
                        "spring.main.keep-alive", "true"));
        application.addInitializers(
                context ->
                        context.getBeanFactory()
                                .registerSingleton("inProcess", new InProcess(inProcess)));
        return application.run(args);
    }
}
