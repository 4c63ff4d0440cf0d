package dev.gantry.scheduler.shell;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the scheduler, alone or beside other services in one JVM. */
public final class SchedulerMain {
    private SchedulerMain() {}

    public static void main(String[] args) {
        start(args);
    }

    /** Returns when it is up; it waits for Kafka and its topics in the background. */
    public static ConfigurableApplicationContext start(String... args) {
        var application = new SpringApplication(Wiring.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setKeepAlive(true);
        return application.run(args);
    }
}
