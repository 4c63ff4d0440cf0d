package dev.gantry.gateway.shell;

import dev.gantry.client.shell.start.SettingSource;
import dev.gantry.model.exchange.ApiBackend;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one bean, opened and closed with the application. */
@Configuration(proxyBeanMethods = false)
class Wiring {
    @Bean
    Gateway gateway(SettingSource given, Optional<ApiBackend> inProcess) {
        return Gateway.open(Settings.of(given), inProcess);
    }
}
