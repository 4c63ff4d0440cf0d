package dev.gantry.gateway.shell;

import dev.gantry.client.shell.start.Startup;
import dev.gantry.model.exchange.ApiBackend;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the gateway, alone or beside a state service in the same JVM. */
public final class GatewayMain {
    private GatewayMain() {}

    public static void main(String[] args) {
        Startup.orEnd("gateway", () -> start(args));
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
        SpringApplication application = Startup.application(Wiring.class, "gateway");
        application.addInitializers(
                context ->
                        inProcess.ifPresent(
                                backend ->
                                        context.getBeanFactory()
                                                .registerSingleton("state", backend)));
        return Startup.run(application, "gateway", args);
    }
}
