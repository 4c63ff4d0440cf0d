package dev.gantry.monitoring.shell;

import dev.gantry.client.shell.start.SettingSource;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One bean: what runs is put together by hand in {@link Monitoring}. */
@Configuration(proxyBeanMethods = false)
class Wiring {
    @Bean(destroyMethod = "close")
    Monitoring monitoring(SettingSource settings) throws IOException {
        return Monitoring.open(settings);
    }
}
