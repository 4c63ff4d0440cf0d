package dev.gantry.monitoring.shell;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the monitoring service, alone or beside other services in one JVM. */
public final class MonitoringMain {
    private MonitoringMain() {}

    public static void main(String[] args) {
        start(args);
    }

    /** Returns when it is up; it waits for Kafka, the API and PostgreSQL in the background. */
    public static ConfigurableApplicationContext start(String... args) {
        var application = new SpringApplication(Wiring.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setKeepAlive(true);
        return application.run(args);
    }
}
