package dev.gantry.scheduler.shell;

import dev.gantry.client.shell.start.SettingSource;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One bean: what runs is put together by hand in {@link SchedulerServer}. */
@Configuration(proxyBeanMethods = false)
class Wiring {
    @Bean(destroyMethod = "close")
    SchedulerServer scheduler(SettingSource settings) throws IOException {
        return SchedulerServer.open(settings);
    }
}
