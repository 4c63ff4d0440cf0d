package dev.gantry.state.shell;

import dev.gantry.client.shell.start.SettingSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One bean: what runs is put together by hand in {@link StateServer}. */
@Configuration(proxyBeanMethods = false)
class Wiring {
    @Bean(destroyMethod = "close")
    StateServer state(SettingSource settings) {
        return StateServer.open(settings);
    }
}
