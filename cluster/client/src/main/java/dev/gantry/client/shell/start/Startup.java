package dev.gantry.client.shell.start;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts a service, or ends the process with one line that says why not. */
public final class Startup {
    /** The exit code that says: with these settings it would fail again. From sysexits.h. */
    public static final int BAD_SETTINGS = 78;

    private static final int MAY_GO_BETTER = 1;
    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);

    private Startup() {}

    /**
     * A service's context, with its settings as a bean.
     *
     * @param service what its settings are called after: those below {@code gantry.SERVICE} must
     *     all be known
     */
    public static ConfigurableApplicationContext start(
            Class<?> wiring, String service, String... arguments) {
        return run(application(wiring, service), service, arguments);
    }

    public static ConfigurableApplicationContext run(
            SpringApplication application, String service, String... arguments) {
        var context = application.run(arguments);
        context.getBean(SettingSource.class).refuseUnknown("gantry." + service);
        return context;
    }

    /** For a service that puts something of its own beside the settings. Opens no port. */
    public static SpringApplication application(Class<?> wiring, String service) {
        var application = new SpringApplication(wiring);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        // Cost: to find the jar that the main class lies in takes 0.1 s of each service's start.
        application.setLogStartupInfo(false);
        application.setKeepAlive(true);
        application.setDefaultProperties(Map.of("spring.config.name", "gantry-" + service));
        application.addInitializers(
                context ->
                        context.getBeanFactory()
                                .registerSingleton(
                                        "settingSource",
                                        new SettingSource(context.getEnvironment())));
        return application;
    }

    /**
     * The result, or the end of the process. Halts, since parts of other services of this process
     * may be half started and would keep it from ending.
     */
    public static <T> T orEnd(String service, Callable<T> start) {
        try {
            return start.call();
        } catch (Throwable failed) {
            if (!(root(failed) instanceof BadSetting)) {
                LOG.error("{} cannot start", service, failed);
            }
            System.err.println(service + " cannot start: " + reason(failed));
            System.err.flush();
            Runtime.getRuntime().halt(code(failed));
            throw new IllegalStateException("halted", failed);
        }
    }

    /** A port may be free, a host be known in a moment; the rest stays as it is. */
    static int code(Throwable failed) {
        return root(failed) instanceof SocketException ? MAY_GO_BETTER : BAD_SETTINGS;
    }

    /**
     * In one line, for a person: what was tried and what came of it, as far as those who failed say
     * it. That Spring was making a bean just then is nobody's concern.
     */
    static String reason(Throwable failed) {
        var line = new StringBuilder();
        for (Throwable each = failed; each != null; each = each.getCause()) {
            if (each instanceof BadSetting) {
                return String.valueOf(each.getMessage());
            }
            String words = words(each);
            if (!isWrapping(each) && line.indexOf(words) < 0) {
                line.append(line.isEmpty() ? "" : ": ").append(words);
            }
        }
        return line.isEmpty() ? words(failed) : line.toString();
    }

    private static String words(Throwable fault) {
        String text = String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
        return switch (fault) {
            case NoSuchFileException _ -> "the file " + text + " is not there";
            case AccessDeniedException _ -> "the file " + text + " may not be read";
            case RuntimeException _ when fault.getMessage() != null -> text;
            case IOException _ when fault.getMessage() != null -> text;
            default -> fault.getClass().getSimpleName() + ": " + text;
        };
    }

    /** Says nothing but that its cause happened. */
    private static boolean isWrapping(Throwable fault) {
        Throwable cause = fault.getCause();
        return cause != null
                && (fault.getClass().getName().startsWith("org.springframework.")
                        || cause.toString().equals(fault.getMessage()));
    }

    private static Throwable root(Throwable failed) {
        Throwable cause = failed.getCause();
        return failed instanceof BadSetting || cause == null ? failed : root(cause);
    }
}
