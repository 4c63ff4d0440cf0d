package dev.gantry.controller.shell;

import dev.gantry.client.shell.start.SettingSource;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One bean: what runs is put together by hand in {@link Controllers}. */
@Configuration(proxyBeanMethods = false)
class Wiring {
    @Bean(destroyMethod = "close")
    Controllers controllers(SettingSource settings) throws IOException {
        return Controllers.open(settings);
    }
}
