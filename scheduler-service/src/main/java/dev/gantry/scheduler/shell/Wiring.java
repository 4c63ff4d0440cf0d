package dev.gantry.scheduler.shell;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.message.Topics;
import dev.gantry.scheduler.cycle.SchedulingCycle;
import dev.gantry.scheduler.placement.Profile;
import dev.gantry.scheduler.shell.bind.BindingSender;
import dev.gantry.scheduler.shell.feed.SightingFeed;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Puts the scheduler together. */
@Configuration(proxyBeanMethods = false)
class Wiring {
    private static final String NAME = "default-scheduler";

    @Bean
    KafkaSettings kafkaSettings(Environment environment) {
        Map<String, String> properties =
                Binder.get(environment)
                        .bind("gantry.kafka.properties", Bindable.mapOf(String.class, String.class))
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "gantry.kafka.properties[bootstrap.servers] is not"
                                                        + " set: where is Kafka?"));
        String prefix = environment.getProperty("gantry.kafka.topic-prefix", Topics.DEFAULT_PREFIX);
        return new KafkaSettings(properties, new Topics(prefix));
    }

    @Bean(destroyMethod = "close")
    BindingSender bindingSender(KafkaSettings settings) {
        return new BindingSender(settings);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    SchedulerLoop schedulerLoop(BindingSender sender, Environment environment) {
        String profile = environment.getProperty("gantry.scheduler.profile", "packing");
        return new SchedulerLoop(new SchedulingCycle(NAME, profileOf(profile)), sender);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    SightingFeed sightingFeed(KafkaSettings settings, SchedulerLoop loop) {
        return new SightingFeed(settings, loop::hear);
    }

    private static Profile profileOf(String name) {
        return switch (name) {
            case "packing" -> Profile.PACKING;
            case "spreading" -> Profile.SPREADING;
            default ->
                    throw new IllegalStateException(
                            "gantry.scheduler.profile is '%s', expected packing or spreading"
                                    .formatted(name));
        };
    }
}
