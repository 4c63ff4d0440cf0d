package dev.gantry.agent.shell;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.start.SettingSource;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives Spring the agent as a whole; how it is put together stands in {@link Agent}. */
@Configuration(proxyBeanMethods = false)
public class Wiring {
    @Bean(destroyMethod = "close")
    Agent agent(SettingSource given) throws IOException {
        KafkaSettings kafka = given.kafka();
        return Agent.open(NodeSettings.from(given), kafka);
    }
}
