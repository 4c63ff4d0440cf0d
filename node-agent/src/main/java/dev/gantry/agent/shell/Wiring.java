package dev.gantry.agent.shell;

import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.shell.cri.CriChannel;
import dev.gantry.agent.shell.cri.CriRuntime;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.message.Topics;
import java.io.IOException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** How the agent is put together: constructor calls, nothing else. */
@Configuration(proxyBeanMethods = false)
public class Wiring {
    @Bean
    NodeSettings nodeSettings(Environment environment) {
        return NodeSettings.from(Binder.get(environment));
    }

    @Bean
    KafkaSettings kafkaSettings(Environment environment) {
        Binder binder = Binder.get(environment);
        var connection =
                binder.bind("gantry.kafka.properties", Bindable.mapOf(String.class, String.class))
                        .get();
        String prefix =
                binder.bind("gantry.kafka.topic-prefix", String.class)
                        .orElse(Topics.DEFAULT_PREFIX);
        return new KafkaSettings(connection, new Topics(prefix));
    }

    @Bean
    ClusterApi clusterApi(NodeSettings settings) throws IOException {
        return ClusterApi.fromKubeconfig(settings.kubeconfig());
    }

    @Bean
    CriChannel criChannel(NodeSettings settings) {
        return new CriChannel(settings.containerdSocket());
    }

    @Bean
    ContainerRuntime containerRuntime(CriChannel channel) {
        return new CriRuntime(channel);
    }
}
